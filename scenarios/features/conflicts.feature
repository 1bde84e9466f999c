@conflicts
Feature: Orders that meet
  What is wanted is a merge: a new key once asked for stays asked for, the last issuer asked for stays, and one effect
  answers all requests merged into it, billed once as the highest of update, transfer, renew.

  Scenario Outline: A renewal <order> an update is one update
    Given a provisioned device
    When the operator orders <first> for the device
    And the operator orders <second> for the device
    And the device sends 2 heartbeats
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers
    And nothing is owed to the device

    Examples:
      | order  | first     | second    |
      | before | a renewal | an update |
      | after  | an update | a renewal |

  Scenario: A renewal and a transfer are one transfer
    Given a provisioned device
    And the operator has a Root CA "New"
    When the operator orders a transfer of the device to Root CA "New"
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a certificate of Root CA "New"
    And the device is billed for 0 renewals, 0 updates and 1 transfer
    And nothing is owed to the device

  Scenario: An update and a transfer are one update by the new Root CA
    Given a provisioned device
    And the operator has a Root CA "New"
    When the operator orders an update for the device
    And the operator orders a transfer of the device to Root CA "New"
    And the device sends 2 heartbeats
    Then the device holds a certificate of Root CA "New"
    And the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers

  Scenario: A renewal between the two heartbeats of an update
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends a heartbeat
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers
    And nothing is owed to the device

  Scenario: A transfer between the two heartbeats of an update
    Given a provisioned device
    And the operator has a Root CA "New"
    When the operator orders an update for the device
    And the device sends a heartbeat
    And the operator orders a transfer of the device to Root CA "New"
    And the device sends 2 heartbeats
    Then the device holds a certificate of Root CA "New"
    And the device holds a new certificate on a new key
    And nothing is owed to the device

  Scenario: A delete between the two heartbeats of an update
    Given a provisioned device
    When the operator orders an update for the device
    And the device sends a heartbeat
    And the operator orders a delete for the device
    And the device sends a heartbeat
    Then the device holds no certificate
    And the device is billed for nothing

  @faults
  Scenario: A renewal took effect unseen before a delete, and is billed
    Given a provisioned device
    And the next 10 results messages of the device are lost
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And the operator orders a delete for the device
    And 2 days pass
    Then the device holds no certificate
    And the device is billed for 1 renewal, 0 updates and 0 transfers

  @faults
  Scenario: A renewal took effect unseen before a transfer, and both are billed
    Given a provisioned device
    And the operator has a Root CA "New"
    And the next 10 results messages of the device are lost
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And the operator orders a transfer of the device to Root CA "New"
    And 2 days pass
    Then the device holds a certificate of Root CA "New"
    And the device is billed for 1 renewal, 0 updates and 1 transfer
