@renew
Feature: Renew
  A renewal brings a fresh certificate on the same key pair, at the next heartbeat, and costs one event.

  Scenario: One heartbeat brings the new certificate
    Given a provisioned device
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a new certificate on the same key
    And the operator sees the RENEW of the device as EFFECTIVE
    And the device is billed for 1 renewal, 0 updates and 0 transfers

  Scenario: Nothing changes before the heartbeat
    Given a provisioned device
    When the operator orders a renewal for the device
    Then the device still holds the same certificate
    And the operator sees the RENEW of the device as ACCEPTED
    And the device is billed for nothing

  Scenario: The daily heartbeat is enough
    Given a provisioned device
    When the operator orders a renewal for the device
    And 2 days pass
    Then the device holds a new certificate on the same key

  Scenario: The new certificate lives its whole life
    Given a provisioned device
    When 60 days pass
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the certificate of the device lives at least 89 days more

  Scenario: A whole list is renewed in one call
    Given 5 provisioned devices
    When the operator orders a renewal for every device
    And every device sends a heartbeat
    Then every device holds a new certificate on the same key
    And every device is billed for 1 renewal, 0 updates and 0 transfers

  Scenario: Only the listed devices are renewed
    Given 3 provisioned devices
    When the operator orders a renewal for device 2
    And every device sends a heartbeat
    Then device 2 holds a new certificate on the same key
    And device 1 still holds the same certificate
    And device 3 still holds the same certificate
    And device 3 is billed for nothing

  Scenario: Asking again for a pending renewal changes nothing
    Given a provisioned device
    When the operator orders a renewal for the device
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device is billed for 1 renewal, 0 updates and 0 transfers
    And nothing is owed to the device

  Scenario: Renewing twice, one after the other, costs two events
    Given a provisioned device
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device is billed for 2 renewals, 0 updates and 0 transfers

  Scenario: An expired certificate can be renewed
    Given a provisioned device
    When the device loses power
    And 100 days pass
    And the operator orders a renewal for the device
    And the device gets power
    And 2 days pass
    Then the device holds a new certificate on the same key
    And the certificate of the device lives at least 80 days more

  Scenario: The device logs in before and after
    Given a provisioned device
    Then the device can log in to the IoT platform
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device can log in to the IoT platform

  Scenario: There is nothing to renew after a delete
    Given a provisioned device
    When the operator orders a delete for the device
    And the device sends a heartbeat
    And the operator tries to order a renewal for the device
    Then it is refused with NO_CERTIFICATE

  @faults
  Scenario: A certificate that was not confirmed is sent again, not signed anew
    Given a provisioned device
    And the next 4 reply messages of the device are lost
    When the operator orders a renewal for the device
    And the host of the device forces a heartbeat
    And the operator orders a renewal for the device
    And 3 days pass
    Then the device holds a new certificate on the same key
    And 2 certificates were ever signed for the device

  Scenario Outline: A lost <message> costs nothing and breaks nothing
    Given a provisioned device
    And the next <message> of the device is lost
    When the operator orders a renewal for the device
    And 3 days pass
    Then the device holds a new certificate on the same key
    And the device is billed for 1 renewal, 0 updates and 0 transfers
    And nothing is owed to the device

    Examples:
      | message         |
      | heartbeat       |
      | reply           |
      | results         |
      | acknowledgement |

  @faults
  Scenario Outline: A repeated <message> is billed once
    Given a provisioned device
    And the next <message> of the device is repeated
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And 2 days pass
    Then the device holds a new certificate on the same key
    And the device is billed for 1 renewal, 0 updates and 0 transfers

    Examples:
      | message         |
      | heartbeat       |
      | reply           |
      | results         |
      | acknowledgement |

  @faults
  Scenario Outline: The power fails <steps> storage steps into it
    Given a provisioned device
    When the operator orders a renewal for the device
    And the guard interval is over
    And the power of the device fails <steps> storage steps from now
    And 3 days pass
    Then the device holds a new certificate on the same key
    And the device can log in to the IoT platform
    And the device is billed for 1 renewal, 0 updates and 0 transfers

    Examples:
      | steps |
      | 5     |
      | 200   |
      | 900   |
      | 2000  |
