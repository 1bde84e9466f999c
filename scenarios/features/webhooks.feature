@webhooks
Feature: Webhooks
  Receivers are told at least once, in order per device, whatever fails.

  Scenario: The life of a device
    Given the operator has a webhook for "DEVICE_BOOTSTRAPPED, DEVICE_SEALED, CERTIFICATE_ISSUED, CERTIFICATE_RENEWED, CERTIFICATE_DELETED"
    And a provisioned device
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And the operator orders a delete for the device
    And the device sends a heartbeat
    And 1 hour passes
    Then the receiver was told DEVICE_SEALED of the device 1 time
    And the receiver was told CERTIFICATE_ISSUED of the device 1 time
    And the receiver was told CERTIFICATE_RENEWED of the device 1 time
    And the receiver was told CERTIFICATE_DELETED of the device 1 time
    And what the receiver was told of the device is in order

  Scenario Outline: <event> is told once
    Given a provisioned device
    And the operator has a webhook for "<event>"
    And the operator has a Root CA "New"
    When the operator orders <what>
    And the device sends 2 heartbeats
    And 1 hour passes
    Then the receiver was told <event> of the device 1 time

    Examples:
      | event                   | what                                         |
      | CERTIFICATE_RENEWED     | a renewal for the device                     |
      | CERTIFICATE_UPDATED     | an update for the device                     |
      | CERTIFICATE_TRANSFERRED | a transfer of the device to Root CA "New"    |
      | CERTIFICATE_DELETED     | a delete for the device                      |

  Scenario: A revocation is told at once
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_REVOKED"
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    And 5 minutes pass
    Then the receiver was told CERTIFICATE_REVOKED of the device 1 time

  Scenario: An event that nobody asked for is not told
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_DELETED"
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And 1 hour passes
    Then the receiver was told CERTIFICATE_RENEWED of the device 0 times

  @faults
  Scenario: A receiver that is down is told later
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_RENEWED"
    When the webhook receiver is down
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    And 5 minutes pass
    Then the receiver was told CERTIFICATE_RENEWED of the device 0 times
    When the webhook receiver is well again
    And 1 hour passes
    Then the receiver was told CERTIFICATE_RENEWED of the device 1 time

  @faults
  Scenario: A dead letter does not block what comes after it, and can be sent again
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_RENEWED, CERTIFICATE_UPDATED"
    When the webhook receiver is down
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    And 2 hours pass
    Then the operator has 1 dead letter
    When the webhook receiver is well again
    And the operator orders an update for the device
    And the device sends 2 heartbeats
    And 1 hour passes
    Then the receiver was told CERTIFICATE_UPDATED of the device 1 time
    And the receiver was told CERTIFICATE_RENEWED of the device 0 times
    When the operator has the dead letters sent again
    And 1 hour passes
    Then the receiver was told CERTIFICATE_RENEWED of the device 1 time
    And the operator has 0 dead letters

  @faults
  Scenario: A receiver that answers 500 is told again, in order
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_RENEWED, CERTIFICATE_UPDATED"
    When the webhook receiver answers 500
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    And the operator orders an update for the device
    And the device sends 2 heartbeats
    And the webhook receiver is well again
    And 6 hours pass
    Then what the receiver was told of the device is in order
    And the receiver was told CERTIFICATE_RENEWED of the device 1 time
    And the receiver was told CERTIFICATE_UPDATED of the device 1 time

  @faults
  Scenario: A server that dies forgets nothing
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_RENEWED"
    When the webhook receiver is down
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    And the server dies
    And the webhook receiver is well again
    And the server starts again
    And 6 hours pass
    Then the receiver was told CERTIFICATE_RENEWED of the device 1 time

  Scenario: Certificates that end are announced, and told when they have ended
    Given a provisioned device
    And the operator has a webhook for "CERTIFICATE_EXPIRING, CERTIFICATE_EXPIRED"
    When 95 days pass
    Then the receiver was told CERTIFICATE_EXPIRING of the device 1 time
    And the receiver was told CERTIFICATE_EXPIRED of the device 1 time
