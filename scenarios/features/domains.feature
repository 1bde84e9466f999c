@domains
Feature: Domains are separate
  Nobody sees or changes what belongs to another domain.

  Scenario Outline: Another domain cannot order a <operation>
    Given a provisioned device
    When the other operator tries to order a <operation> for the device
    Then it is refused with UNKNOWN_DEVICE
    When the device sends 2 heartbeats
    Then the device still holds the same certificate

    Examples:
      | operation |
      | renewal   |
      | delete    |

  Scenario: Another domain cannot order an update
    Given a provisioned device
    When the other operator tries to order an update for the device
    Then it is refused with UNKNOWN_DEVICE

  Scenario: Another domain does not see the device
    Given a provisioned device
    Then the other operator does not know the device

  Scenario: Each domain has its own devices
    Given a provisioned device
    And the other operator has a Root CA "Elsewhere"
    And the other operator has a device profile "foreign" for Root CA "Elsewhere"
    And a new SARA-R510S-01B-00
    When device 2 is provisioned with profile "foreign"
    Then the other operator sees device 2 as ACTIVATED
    And the operator does not know device 2
    And device 2 holds a certificate of Root CA "Elsewhere"
