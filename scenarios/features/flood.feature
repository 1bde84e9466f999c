@flood
Feature: Flood protection
  Heartbeats within the guard interval of five minutes change nothing, on either side.

  Scenario: A forced heartbeat within the guard interval is refused by the module
    Given a provisioned device
    When the host of the device sends "AT+CMEE=1"
    And the device sends a heartbeat
    And the host of the device forces a heartbeat
    Then the host gets "+CME ERROR: 3"

  Scenario: Until its very end the guard interval holds
    Given a provisioned device
    When the host of the device sends "AT+CMEE=1"
    And the device sends a heartbeat
    And 250 seconds pass
    And the host of the device forces a heartbeat
    Then the host gets "+CME ERROR: 3"

  Scenario: After the guard interval it is accepted
    Given a provisioned device
    When the device sends a heartbeat
    And 5 minutes pass
    And the host of the device forces a heartbeat
    Then the host gets "OK"

  Scenario: A refused heartbeat makes no progress
    Given a provisioned device
    When the host of the device sends "AT+CMEE=1"
    And the operator orders an update for the device
    And the device sends a heartbeat
    And the host of the device forces a heartbeat
    Then the host gets "+CME ERROR: 3"
    And the device still holds the same certificate

  Scenario: Refused heartbeats do not lengthen the guard interval
    Given a provisioned device
    When the device sends a heartbeat
    And 2 minutes pass
    And the host of the device forces a heartbeat
    And 3 minutes pass
    And the host of the device forces a heartbeat
    Then the host gets "OK"

  Scenario: The guard interval begins with the end of provisioning
    Given the operator has a Root CA "Field"
    And the operator has a device profile "meters" for Root CA "Field"
    And a new SARA-R510S-01B-00
    When the host of the device sends "AT+CMEE=1"
    And the host of the device seals with profile "meters"
    And the device is sealed at last
    And the host of the device forces a heartbeat
    Then the host gets "+CME ERROR: 3"

  Scenario: The server holds a rebooted device back, too
    Given a provisioned device
    When the device sends a heartbeat
    And the operator orders a renewal for the device
    And the device loses power
    And the device gets power
    And 2 minutes pass
    Then the device still holds the same certificate

  Scenario: A server that restarts still knows the guard interval
    Given a provisioned device
    When the device sends a heartbeat
    And the server dies
    And the server starts again
    And the operator orders a renewal for the device
    And the device loses power
    And the device gets power
    And 2 minutes pass
    Then the device still holds the same certificate

  @faults
  Scenario: A server that asks for time gets it
    Given a provisioned device
    And the server has the fault "once heartbeat 5.03 30m"
    When the operator orders a renewal for the device
    And the guard interval is over
    And the host of the device forces a heartbeat
    And 10 minutes pass
    Then the device still holds the same certificate
    When 2 hours pass
    Then the device holds a new certificate on the same key

  Scenario: A fleet that wakes at once is served
    Given 30 provisioned devices
    When the network is down
    And 3 days pass
    And the operator orders a renewal for every device
    And the network is up again
    And 2 days pass
    Then every device holds a new certificate on the same key
    And every device is billed for 1 renewal, 0 updates and 0 transfers

  Scenario: Hosts that power the module ten minutes a day are served
    Given a provisioned device
    When the device loses power
    And the operator orders an update for the device
    And for 3 days the device gets power for only 10 minutes a day
    And the device gets power
    Then the device holds a new certificate on a new key
