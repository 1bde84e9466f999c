@at
Feature: What a host sees by AT

  Scenario: A host reads its certificate
    Given a provisioned device
    When the host of the device sends "AT+USECDEVCERT=1"
    Then the host gets "OK"

  Scenario: A host forces a heartbeat
    Given a provisioned device
    When the guard interval is over
    And the host of the device forces a heartbeat
    Then the host gets "OK"

  Scenario: A host reads the identity of the Root of Trust
    Given a provisioned device
    When the host of the device sends "AT+USECROTUID"
    Then the host gets "OK"

  Scenario: A host is told who made the module
    Given a new SARA-R510S-01B-00
    When the host of the device sends "AT+CGMI"
    Then the host reads "u-blox"
    And the host gets "OK"

  Scenario: A command that does not exist is an error, not silence
    Given a new SARA-R510S-01B-00
    When the host of the device sends "AT+NOSUCH"
    Then the host gets an error

  Scenario: There is no certificate before provisioning
    Given a new SARA-R510S-01B-00
    When the host of the device sends "AT+USECDEVCERT=1"
    Then the host gets an error
