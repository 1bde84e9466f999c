@restarts
Feature: Power cuts, dead servers and clocks

  Scenario: A module keeps its certificate through a power cut
    Given a provisioned device
    When the device loses power
    And 30 days pass
    And the device gets power
    And 1 minute passes
    Then the device still holds the same certificate
    And the device can log in to the IoT platform

  Scenario: A module that reboots ten times is no clone
    Given a provisioned device
    When for 10 days the device gets power for only 10 minutes a day
    And the device gets power
    And the operator orders a renewal for the device
    And 2 days pass
    Then the device holds a new certificate on the same key

  @faults
  Scenario: The server is away for a week
    Given 3 provisioned devices
    When the operator orders a renewal for every device
    And the server dies
    And 1 week passes
    And the server starts again
    And 2 days pass
    Then every device holds a new certificate on the same key
    And every device is billed for 1 renewal, 0 updates and 0 transfers

  @faults
  Scenario: The network is away for a week
    Given 3 provisioned devices
    When the operator orders an update for every device
    And the network is down
    And 1 week passes
    And the network is up again
    And 3 days pass
    Then every device holds a new certificate on a new key

  @faults
  Scenario: The server's clock steps back
    Given a provisioned device
    When 2 days pass
    And the server's clock goes back by 5 hours
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a new certificate on the same key

  @faults
  Scenario: The server's clock jumps forward
    Given a provisioned device
    When the server's clock goes forward by 3 days
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a new certificate on the same key
    And the device can log in to the IoT platform

  @faults
  Scenario Outline: A <message> that is late changes nothing twice
    Given a provisioned device
    And the next <message> of the device is 40 seconds late
    When the operator orders a renewal for the device
    And 2 days pass
    Then the device holds a new certificate on the same key
    And the device is billed for 1 renewal, 0 updates and 0 transfers

    Examples:
      | message   |
      | heartbeat |
      | reply     |
      | results   |

  @faults
  Scenario: A server that refuses everything is well again
    Given a provisioned device
    And the server has the fault "heartbeat reject"
    When the operator orders a renewal for the device
    And 2 days pass
    Then the device still holds the same certificate
    When the server has no faults any more
    And 2 days pass
    Then the device holds a new certificate on the same key

  @faults
  Scenario Outline: The server does wrong once: <fault>
    Given a provisioned device
    And the server has the fault "<fault>"
    When the operator orders a renewal for the device
    And 5 days pass
    Then the device holds a new certificate on the same key
    And the device can log in to the IoT platform
    And the device is billed for 1 renewal, 0 updates and 0 transfers

    Examples:
      | fault                        |
      | once heartbeat lose-request  |
      | once heartbeat lose-reply    |
      | once heartbeat garble        |
      | once heartbeat 4.29 5m       |
      | once heartbeat 5.03 5m       |
      | once results lose-request    |
      | once results lose-reply      |
      | once results delay 30s       |
      | once certificate wrong-key   |
      | once certificate expired     |
      | 3 times heartbeat reject     |

  @faults
  Scenario: A wrong certificate never takes the old one's place
    Given a provisioned device
    And the server has the fault "certificate wrong-key"
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device still holds the same certificate
    And the device can log in to the IoT platform
    And the device is billed for nothing
