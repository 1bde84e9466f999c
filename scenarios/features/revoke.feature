@revoke
Feature: Revoke
  A revocation invalidates certificates at once on the server. The device keeps what it has; the CRL tells others.

  Scenario: A revoked certificate is on the CRL at once
    Given a provisioned device
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    Then the remembered certificate of the device is on the CRL of the operator's Root CA "Field"
    And the CRL of the operator's Root CA "Field" lists 1 certificate

  Scenario: It stays in the device, and is free
    Given a provisioned device
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    And the device sends a heartbeat
    Then the device still holds the same certificate
    And the device is billed for nothing

  Scenario: Nothing else is on the CRL
    Given 3 provisioned devices
    When the operator orders a renewal for every device
    And every device sends a heartbeat
    And the operator revokes the certificate of device 2 for SUPERSEDED
    Then the CRL of the operator's Root CA "Field" lists 2 certificates

  Scenario: A revoked certificate still logs in where nobody looks at the CRL
    Given a provisioned device
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    Then the device can log in to the IoT platform

  Scenario: A platform that looks at the CRL refuses it
    Given a provisioned device
    And the IoT platform checks the CRL of the operator's Root CA "Field"
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    Then the device cannot log in to the IoT platform

  Scenario: A revoked certificate cannot be renewed
    Given a provisioned device
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    And the operator tries to order a renewal for the device
    Then it is refused with REVOKED

  Scenario: A revoked certificate cannot be transferred
    Given a provisioned device
    And the operator has a Root CA "New"
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    And the operator tries to order a transfer of the device to Root CA "New"
    Then it is refused with REVOKED

  Scenario: A revocation cancels a pending renewal
    Given a provisioned device
    When the operator orders a renewal for the device
    And the operator revokes the certificate of the device for KEY_COMPROMISE
    And the device sends a heartbeat
    Then the device still holds the same certificate
    And the operator sees the RENEW of the device as CANCELLED

  Scenario: An update heals a revoked device
    Given a provisioned device
    And the IoT platform checks the CRL of the operator's Root CA "Field"
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    And the operator orders an update for the device
    And the device sends 2 heartbeats
    Then the device holds a new certificate on a new key
    And the device can log in to the IoT platform
    And the CRL of the operator's Root CA "Field" lists 1 certificate

  Scenario: A revoked device can be emptied
    Given a provisioned device
    When the operator revokes the certificate of the device for CESSATION_OF_OPERATION
    And the operator orders a delete for the device
    And the device sends a heartbeat
    Then the device holds no certificate

  @faults
  Scenario: A certificate that is on its way is revoked with the other
    Given a provisioned device
    And the next 10 results messages of the device are lost
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    And the operator revokes the certificate of the device for KEY_COMPROMISE
    Then the CRL of the operator's Root CA "Field" lists 2 certificates

  Scenario: The CRL is signed anew before it runs out
    Given a provisioned device
    When the operator revokes the certificate of the device for KEY_COMPROMISE
    And 60 days pass
    Then the CRL of the operator's Root CA "Field" is good for 1 hour more
    And the CRL of the operator's Root CA "Field" lists 1 certificate
