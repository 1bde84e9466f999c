@ownership
Feature: Devices change their owner
  A transfer to a Root CA of another domain needs a one-time consent code of the receiving domain. The device changes its
  domain when the transfer is effective.

  Background:
    Given a provisioned device
    And the other operator has a Root CA "Buyer"

  Scenario: With consent the device changes its owner at its heartbeat
    When the other operator gives a consent code for Root CA "Buyer"
    And the operator tries to order a transfer of the device to Root CA "Buyer" with the consent code
    Then it succeeds
    And the other operator does not know the device
    When the device sends a heartbeat
    Then the device holds a certificate of Root CA "Buyer"
    And the other operator sees the device as ACTIVATED
    And the operator does not know the device

  Scenario: Without consent it is refused
    When the operator tries to order a transfer of the device to Root CA "Buyer"
    Then it is refused with CONSENT_NEEDED

  Scenario: A code counts once
    Given a provisioned SARA-R510S-01B-00
    When the other operator gives a consent code for Root CA "Buyer"
    And the operator tries to order a transfer of device 1 to Root CA "Buyer" with the consent code
    And the operator tries to order a transfer of device 2 to Root CA "Buyer" with the consent code
    Then it is refused with CONSENT_NEEDED

  Scenario: A code that was taken back counts no more
    When the other operator gives a consent code for Root CA "Buyer"
    And the other operator takes the consent code back
    And the operator tries to order a transfer of the device to Root CA "Buyer" with the consent code
    Then it is refused with CONSENT_NEEDED

  Scenario: The new owner renews, and the old one no more
    When the other operator gives a consent code for Root CA "Buyer"
    And the operator tries to order a transfer of the device to Root CA "Buyer" with the consent code
    And the device sends a heartbeat
    And what the device holds is remembered
    And the other operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a new certificate on the same key
    When the operator tries to order a renewal for the device
    Then it is refused with UNKNOWN_DEVICE
