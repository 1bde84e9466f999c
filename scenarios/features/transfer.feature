@transfer
Feature: Transfer to another Root CA
  A transfer brings a certificate of another Root CA on the same key pair, with its trust anchors, at the next heartbeat.

  Background:
    Given a provisioned device
    And the operator has a Root CA "New"

  Scenario: One heartbeat moves the device
    When the operator orders a transfer of the device to Root CA "New"
    And the device sends a heartbeat
    Then the device holds a certificate of Root CA "New"
    And the device holds a new certificate on the same key
    And the device is billed for 0 renewals, 0 updates and 1 transfer
    And the operator sees the TRANSFER of the device as EFFECTIVE

  Scenario: Until then the old certificate works
    When the operator orders a transfer of the device to Root CA "New"
    Then the device holds a certificate of Root CA "Field"
    And the device can log in to the IoT platform

  Scenario: The device is known to the platform under its new issuer
    When the operator orders a transfer of the device to Root CA "New"
    And the device sends a heartbeat
    Then the device can log in to the IoT platform

  Scenario: The last issuer asked for counts
    Given the operator has a Root CA "Newest"
    When the operator orders a transfer of the device to Root CA "New"
    And the operator orders a transfer of the device to Root CA "Newest"
    And the device sends a heartbeat
    Then the device holds a certificate of Root CA "Newest"
    And the device is billed for 0 renewals, 0 updates and 1 transfer
    And nothing is owed to the device

  Scenario: A transfer to where the device is changes nothing
    When the operator tries to order a transfer of the device to Root CA "Field"
    Then it is refused with SAME_ROOT_CA

  Scenario: Later renewals stay with the new Root CA
    When the operator orders a transfer of the device to Root CA "New"
    And the device sends a heartbeat
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a certificate of Root CA "New"
    And the device is billed for 1 renewal, 0 updates and 1 transfer

  @faults
  Scenario Outline: A lost <message> in a transfer costs nothing and breaks nothing
    Given the next <message> of the device is lost
    When the operator orders a transfer of the device to Root CA "New"
    And 3 days pass
    Then the device holds a certificate of Root CA "New"
    And the device is billed for 0 renewals, 0 updates and 1 transfer

    Examples:
      | message         |
      | heartbeat       |
      | reply           |
      | results         |
      | acknowledgement |

  Scenario: A whole fleet moves, and the old Root CA can go
    Given 4 provisioned devices
    When the operator orders a transfer of every device to Root CA "New"
    And 2 days pass
    Then every device holds a certificate of Root CA "New"
    And the operator sees no devices of Root CA "Field"
    And the operator sees every device as the devices of Root CA "New"
