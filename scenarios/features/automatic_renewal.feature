@automatic
Feature: Automatic renewal
  A Root CA can have its certificates renewed when less than a window of their life is left.

  Background:
    Given the operator has a Root CA "Short" whose certificates live 30 days and are renewed with 10 days left
    And the operator has a device profile "auto" for Root CA "Short"
    And a new SARA-R510S-01B-00
    And the device is provisioned with profile "auto"

  Scenario: Nothing happens before the window
    When 18 days pass
    Then the device still holds the same certificate
    And the device is billed for nothing

  Scenario: In the window the next heartbeat renews
    When 22 days pass
    Then the device holds a new certificate on the same key
    And the certificate of the device lives at least 25 days more
    And the operator sees the AUTOMATIC_RENEW of the device as EFFECTIVE

  Scenario: A device is never without a valid certificate for two years
    When 2 years pass
    Then the certificate of the device lives at least 9 days more
    And the device can log in to the IoT platform

  Scenario: A device that slept too long is renewed when it comes back
    When the device loses power
    And 60 days pass
    And the device gets power
    And 2 days pass
    Then the device holds a new certificate on the same key
    And the certificate of the device lives at least 25 days more

  Scenario: Switching it off stops it
    When the operator has the certificates of Root CA "Short" renewed no more
    And 40 days pass
    Then the device still holds the same certificate
    And the certificate of the device has expired

  Scenario: A wider window counts from the next heartbeats on
    When the operator has the certificates of Root CA "Short" renewed with 25 days left
    And 17 days pass
    Then the device holds a new certificate on the same key

  Scenario: A window as long as the life is refused
    When the operator tries to have the certificates of Root CA "Short" renewed with 30 days left
    Then it is refused with BAD_REQUEST

  Scenario: It does not swallow an update that is owed
    When the device loses power
    And the operator orders an update for the device
    And 25 days pass
    And the device gets power
    And 2 days pass
    Then the device holds a new certificate on a new key
    And the device is billed for 0 renewals, 1 update and 0 transfers

  Scenario: Nothing is renewed in vain at the end of a Root CA
    Given the operator has a Root CA "Ending" that ends in 40 days and whose certificates live 30 days
    And the operator has a device profile "last" for Root CA "Ending"
    And the operator has a webhook for "ROOT_CA_EXPIRING, CERTIFICATE_RENEWED"
    And a new SARA-R510S-01B-00
    And device 2 is provisioned with profile "last"
    When the operator has the certificates of Root CA "Ending" renewed with 10 days left
    And 35 days pass
    Then device 2 still holds the same certificate
    And the receiver was told of Root CA "Ending" ROOT_CA_EXPIRING
