@clones
Feature: Suspected clones
  Who replays an old heartbeat knows the key of the device. Then nobody speaks for it until an operator resolves it.

  Background:
    Given a provisioned device
    And the device sends 12 heartbeats
    And the guard interval is over

  Scenario: The device is frozen, and keeps what it has
    When a thief replays the first heartbeat of the device
    Then the operator sees that the device is frozen
    And the device still holds the same certificate

  Scenario: Nothing can be ordered for it
    When a thief replays the first heartbeat of the device
    And the operator tries to order a renewal for the device
    Then it is refused with FROZEN

  Scenario: An operator resolves it
    When a thief replays the first heartbeat of the device
    And the operator resolves the device
    And the operator orders a renewal for the device
    And 2 days pass
    Then the device holds a new certificate on the same key
    And the device is billed for 1 renewal, 0 updates and 0 transfers
