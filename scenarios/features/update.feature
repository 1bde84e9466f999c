@update
Feature: Update
  An update brings a new key pair, generated inside the Root of Trust, and a certificate on it. It takes two heartbeats;
  until the second the old pair works.

  Scenario: The second heartbeat brings the new pair
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends 2 heartbeats
    Then the device holds a new certificate on a new key
    And the operator sees the UPDATE of the device as EFFECTIVE
    And the device is billed for 0 renewals, 1 update and 0 transfers

  Scenario: After the first heartbeat the old pair still works
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends a heartbeat
    Then the device still holds the same certificate
    And the device can log in to the IoT platform
    And the device is billed for nothing

  Scenario: The device comes back by itself for the second heartbeat
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends a heartbeat
    And 15 minutes pass
    Then the device holds a new certificate on a new key

  Scenario: Every update makes another key
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends 2 heartbeats
    And what the device holds is remembered
    And the operator orders an update for the device
    And the device sends 2 heartbeats
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 2 updates and 0 transfers

  Scenario: The device logs in with the new pair
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends 2 heartbeats
    Then the device can log in to the IoT platform

  @faults
  Scenario Outline: A lost <message> in an update costs nothing and breaks nothing
    Given a provisioned device
    And the next <message> of the device is lost
    When the operator orders an update for the device
    And 4 days pass
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers
    And nothing is owed to the device

    Examples:
      | message         |
      | heartbeat       |
      | reply           |
      | results         |
      | acknowledgement |

  @faults
  Scenario: The device reboots between the two heartbeats
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends a heartbeat
    And the device loses power
    And 3 days pass
    And the device gets power
    And 2 days pass
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers

  @faults
  Scenario Outline: The power fails <steps> storage steps into an update
    Given a provisioned device
    When the operator orders an update for the device
    And the guard interval is over
    And the power of the device fails <steps> storage steps from now
    And 4 days pass
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers

    Examples:
      | steps |
      | 50    |
      | 400   |
      | 1500  |

  @faults
  Scenario: The server dies between the two heartbeats
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends a heartbeat
    And the server dies
    And 2 days pass
    And the server starts again
    And 3 days pass
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers
