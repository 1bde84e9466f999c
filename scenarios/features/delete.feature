@delete
Feature: Delete
  A delete removes key pair and certificate from the device, at the next heartbeat. It is free and final.

  Scenario: One heartbeat removes both
    Given a provisioned device
    When the operator orders a delete for the device
    And the device sends a heartbeat
    Then the device holds no certificate
    And the operator sees the DELETE of the device as EFFECTIVE
    And the device is billed for nothing

  Scenario: Nothing is removed before the heartbeat
    Given a provisioned device
    When the operator orders a delete for the device
    Then the device still holds the same certificate

  Scenario: A deleted certificate does not come back by itself
    Given a provisioned device
    When the operator orders a delete for the device
    And the device sends a heartbeat
    And 30 days pass
    And the device loses power
    And the device gets power
    And 2 days pass
    Then the device holds no certificate

  Scenario: An operator can provision anew
    Given a provisioned device
    When the operator orders a delete for the device
    And the device sends a heartbeat
    And the operator orders a new certificate of Root CA "Field" for the device
    And the device sends 2 heartbeats
    Then the device holds a new certificate on a new key
    And the device can log in to the IoT platform

  Scenario: A pending delete cancels what was asked before
    Given a provisioned device
    When the operator orders an update for the device
    And the operator orders a delete for the device
    And the device sends 2 heartbeats
    Then the device holds no certificate
    And the operator sees the UPDATE of the device as CANCELLED
    And the device is billed for nothing

  Scenario Outline: A pending delete is final for a <operation>
    Given a provisioned device
    When the operator orders a delete for the device
    And the operator tries to order an <operation> for the device
    Then it is refused with DELETE_PENDING

    Examples:
      | operation |
      | update    |

  Scenario: A pending delete is final for a renewal
    Given a provisioned device
    When the operator orders a delete for the device
    And the operator tries to order a renewal for the device
    Then it is refused with DELETE_PENDING

  @faults
  Scenario Outline: A lost <message> does not keep the credential
    Given a provisioned device
    And the next <message> of the device is lost
    When the operator orders a delete for the device
    And 3 days pass
    Then the device holds no certificate
    And nothing is owed to the device

    Examples:
      | message         |
      | heartbeat       |
      | reply           |
      | results         |
      | acknowledgement |

  Scenario: The platform keeps what was deleted from the device
    Given a provisioned device
    When the operator orders a delete for the device
    And the device sends a heartbeat
    Then the device cannot log in to the IoT platform
