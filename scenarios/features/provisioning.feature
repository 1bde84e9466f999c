@provisioning
Feature: From the box to the first certificate
  Bootstrap, seal and the first certificate are one affair: a host seals right after bootstrap and waits at most four
  minutes.

  Scenario Outline: <product> gets its first certificate within four minutes
    Given a provisioned <product>
    Then the device holds a certificate of Root CA "Field"
    And the device can log in to the IoT platform
    And the operator sees the device as ACTIVATED
    And the device is billed for nothing

    Examples:
      | product             |
      | SARA-R500S-01B-00   |
      | SARA-R510S-01B-00   |
      | SARA-R510M8S-01B-00 |
      | ALEX-R510M8S-01B-00 |

  Scenario: The host sees each state
    Given the operator has a Root CA "Field"
    And the operator has a device profile "meters" for Root CA "Field"
    And a new SARA-R510S-01B-00
    When 1 minute passes
    And the host of the device sends "AT+USECDEVINFO?"
    Then the host reads "+USECDEVINFO: 1,0,1"
    When the host of the device seals with profile "meters"
    And 4 minutes pass
    And the host of the device sends "AT+USECDEVINFO?"
    Then the host reads "+USECDEVINFO: 1,1,1"

  Scenario: A device that is not sealed belongs to nobody
    Given the operator has a Root CA "Field"
    And the operator has a device profile "meters" for Root CA "Field"
    And a new SARA-R510S-01B-00
    When 2 days pass
    Then the operator does not know the device

  Scenario: A profile without a Root CA seals without a certificate
    Given the operator has a device profile "plain" without a Root CA
    And a new SARA-R510S-01B-00
    When the host of the device seals with profile "plain"
    And 5 minutes pass
    Then the operator sees the device as ACTIVATED
    And the device holds no certificate

  Scenario: Sealing is for once
    Given a provisioned device
    And the operator has a device profile "others" for Root CA "Field"
    When the host of the device tries to seal with profile "others"
    Then the host gets an error

  Scenario: A changed profile counts for devices sealed afterwards
    Given a provisioned device
    And the operator has a Root CA "New"
    And the operator has a device profile "newer" for Root CA "New"
    And a new SARA-R510S-01B-00
    When device 2 is provisioned with profile "newer"
    Then device 1 holds a certificate of Root CA "Field"
    And device 2 holds a certificate of Root CA "New"

  @faults
  Scenario Outline: A lost <message> delays the first certificate and no more
    Given the operator has a Root CA "Field"
    And the operator has a device profile "meters" for Root CA "Field"
    And a new SARA-R510S-01B-00
    And the next <message> of the device is lost
    When the host of the device seals with profile "meters"
    And 1 day passes
    Then the device holds a certificate of Root CA "Field"
    And the device is billed for nothing

    Examples:
      | message         |
      | heartbeat       |
      | reply           |
      | results         |
      | acknowledgement |

  Scenario: A production line of forty modules
    Given 40 provisioned devices
    Then every device holds a certificate of Root CA "Field"
    And the operator sees every device as the devices of Root CA "Field"

  Scenario Outline: <product> seals, but the certificate manager refuses it
    Given the operator has a Root CA "Field"
    And the operator has a device profile "meters" for Root CA "Field"
    And a new <product>
    When the host of the device seals with profile "meters"
    And 1 day passes
    And the operator tries to order a renewal for the device
    Then it is refused with FIRMWARE_NOT_SUPPORTED

    Examples:
      | product             |
      | SARA-R500S-00B-00   |
      | SARA-R510S-00B-00   |
      | SARA-R510M8S-00B-00 |

  Scenario Outline: <product> has no Root of Trust to ask
    Given a new <product>
    When the host of the device sends "AT+USECROTUID"
    Then the host gets an error

    Examples:
      | product           |
      | SARA-R500E-01B-00 |
      | SARA-R510S-01B-01 |
