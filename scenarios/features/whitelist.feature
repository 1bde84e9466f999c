@whitelist
Feature: Whitelist
  A profile with a whitelist activates only the devices on it. Others belong to the domain, and get nothing.

  Background:
    Given the operator has a Root CA "Field"
    And the operator has a device profile "listed" for Root CA "Field" with a whitelist
    And 2 new SARA-R510S-01B-00
    And the operator has device 1 on the whitelist of profile "listed"

  Scenario: A device on the list is activated
    When device 1 is provisioned with profile "listed"
    Then the operator sees device 1 as ACTIVATED
    And device 1 holds a certificate of Root CA "Field"

  Scenario: A device that is not on the list gets nothing
    When the host of device 2 seals with profile "listed"
    And 3 days pass
    Then the operator sees device 2 as BLACKLISTED
    And device 2 holds no certificate

  Scenario: Nothing can be ordered for a blacklisted device
    When the host of device 2 seals with profile "listed"
    And 1 day passes
    And the operator tries to order a renewal for device 2
    Then it is refused with NOT_ACTIVATED

  Scenario: Its host sees that it is not sealed
    When the host of device 2 seals with profile "listed"
    And 5 minutes pass
    And the host of device 2 sends "AT+USECDEVINFO?"
    Then the host reads "+USECDEVINFO: 1,0,1"

  Scenario: An operator unblocks it
    When the host of device 2 seals with profile "listed"
    And 1 day passes
    And the operator unblocks device 2
    And 2 days pass
    Then the operator sees device 2 as ACTIVATED
    And device 2 holds a certificate of Root CA "Field"

  Scenario: Adding it to the list later changes nothing by itself
    When the host of device 2 seals with profile "listed"
    And 1 day passes
    And the operator has device 2 on the whitelist of profile "listed"
    And 3 days pass
    Then the operator sees device 2 as BLACKLISTED
    And device 2 holds no certificate
