@plans
Feature: Plans

  Scenario Outline: Without a plan a <operation> is refused
    Given the operator has a Root CA "Field"
    And the operator has a device profile "free" for Root CA "Field" with the plan COMMERCIAL
    And a new SARA-R510S-01B-00
    And the device is provisioned with profile "free"
    When the operator sets the plan of the device to NONE
    And the operator tries to order a <operation> for the device
    Then it is refused with NO_PLAN

    Examples:
      | operation |
      | renewal   |
      | delete    |

  Scenario: A plan on the device overrides its profile's
    Given the operator has a Root CA "Field"
    And the operator has a device profile "free" for Root CA "Field" with the plan NONE
    And a new SARA-R510S-01B-00
    And the host of the device seals with profile "free"
    And 1 day passes
    When the operator tries to order a renewal for the device
    Then it is refused with NO_PLAN
    When the operator sets the plan of the device to COMMERCIAL
    And 2 days pass
    And what the device holds is remembered
    And the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the device holds a new certificate on the same key

  Scenario: The developer plan is for ten devices
    Given the operator has a Root CA "Field"
    And the operator has a device profile "trial" for Root CA "Field" with the plan DEVELOPER
    And 10 new SARA-R510S-01B-00
    And every device is provisioned with profile "trial"
    And a new SARA-R510S-01B-00
    When the host of device 11 seals with profile "trial"
    And 1 day passes
    And the operator tries to order a renewal for device 11
    Then it is refused with NO_PLAN

  @billing
  Scenario: Invoices come on the first of the month, for completed periods
    Given a provisioned device
    When the operator orders a renewal for the device
    And the device sends a heartbeat
    Then the operator has 0 invoices
    When 25 days pass
    Then the operator has 0 invoices
    When 10 days pass
    Then the operator has 1 invoice
    When 28 days pass
    Then the operator has 2 invoices

  @billing
  Scenario: An update that never took effect is never billed
    Given a provisioned device
    When the operator orders an update for the device
    And the device loses power
    And 20 days pass
    Then the device is billed for nothing
