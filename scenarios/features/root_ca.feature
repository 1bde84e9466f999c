@rootca
Feature: Root CAs, also on their worst day

  Scenario: The sixteenth is refused
    When the operator creates 15 Root CAs
    And the operator tries to create a Root CA "One too many"
    Then it is refused with TOO_MANY_ROOT_CAS

  Scenario: One that is in use cannot be deleted
    Given a provisioned device
    When the operator tries to delete Root CA "Field"
    Then it is refused with ROOT_CA_IN_USE

  Scenario Outline: One that is <state> issues nothing any more
    Given a provisioned device
    When the operator marks Root CA "Field" as <state>
    And the operator tries to order a renewal for the device
    Then it is refused with ROOT_CA_UNUSABLE
    And the device still holds the same certificate

    Examples:
      | state       |
      | DISABLED    |
      | COMPROMISED |

  Scenario: A renewal that waits under a Root CA that is disabled meanwhile is not signed
    Given a provisioned device
    When the operator orders a renewal for the device
    And the operator marks Root CA "Field" as DISABLED
    And the device sends 2 heartbeats
    Then the device still holds the same certificate

  Scenario: A disabled Root CA still signs its CRL
    Given a provisioned device
    When the operator marks Root CA "Field" as DISABLED
    And the operator revokes the certificate of the device for CESSATION_OF_OPERATION
    Then the CRL of the operator's Root CA "Field" lists 1 certificate

  @gameday
  Scenario: The game day of a compromised Root CA
    Given 5 provisioned devices
    And the IoT platform checks the CRL of the operator's Root CA "Field"
    And the operator has a Root CA "Rescue"
    When the operator marks Root CA "Field" as COMPROMISED
    Then the operator sees every device as the devices of Root CA "Field"
    When the operator orders a transfer of every device to Root CA "Rescue"
    And 2 days pass
    Then every device holds a certificate of Root CA "Rescue"
    And every device can log in to the IoT platform
    And the operator sees no devices of Root CA "Field"
    And every device is billed for 0 renewals, 0 updates and 1 transfer

  @gameday
  Scenario: The game day of a compromised device
    Given 2 provisioned devices
    And the IoT platform checks the CRL of the operator's Root CA "Field"
    When the operator revokes the certificate of device 1 for KEY_COMPROMISE
    Then device 1 cannot log in to the IoT platform
    And device 2 can log in to the IoT platform
    When the operator orders an update for device 1
    And device 1 sends 2 heartbeats
    Then device 1 can log in to the IoT platform
    And device 1 holds a new certificate on a new key
    When the operator orders a delete for device 1
    And device 1 sends a heartbeat
    Then device 1 holds no certificate

  @gameday
  Scenario: All certificates of a Root CA are revoked at once
    Given 3 provisioned devices
    When the operator revokes all certificates of Root CA "Field" for CA_COMPROMISE
    Then the CRL of the operator's Root CA "Field" lists 3 certificates

  Scenario: Devices move from the test to the production Root CA
    Given the operator has a Root CA "Test" whose certificates live 7 days
    And the operator has a Root CA "Production"
    And the operator has a device profile "prototype" for Root CA "Test"
    And 3 new SARA-R510M8S-01B-00
    And every device is provisioned with profile "prototype"
    When the operator orders a transfer of every device to Root CA "Production"
    And every device sends a heartbeat
    Then every device holds a certificate of Root CA "Production"
    And the certificates of every device live at least 80 days more
