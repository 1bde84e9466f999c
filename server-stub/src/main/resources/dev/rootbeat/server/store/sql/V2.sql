-- Scheduled jobs and when they are due.

CREATE TABLE job (
    name TEXT PRIMARY KEY,
    due BIGINT NOT NULL
);

-- Events. number counts the notifications of one source (the device, or the domain where there is none) from 1.

ALTER TABLE notification ADD COLUMN number BIGINT NOT NULL DEFAULT 0;

UPDATE notification SET number = counted.number FROM (
    SELECT seq, row_number() OVER (PARTITION BY coalesce(device, domain, '') ORDER BY seq) AS number FROM notification
) AS counted WHERE counted.seq = notification.seq;

CREATE UNIQUE INDEX notification_of_source ON notification (coalesce(device, domain, ''), number);

CREATE TABLE event_source (
    source TEXT PRIMARY KEY,
    events BIGINT NOT NULL
);

INSERT INTO event_source (source, events)
SELECT coalesce(device, domain, ''), count(*) FROM notification GROUP BY coalesce(device, domain, '');

-- expiry_told: what the domain was told about its end.
ALTER TABLE certificate ADD COLUMN expiry_told TEXT NOT NULL DEFAULT 'NONE';

CREATE INDEX certificate_in_use ON certificate (expiry_told, not_after, seq) WHERE state = 'EFFECTIVE';
CREATE INDEX crl_to_replace ON crl (next_update);

-- kinds: a JSON array.
CREATE TABLE webhook (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    domain TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    kinds TEXT NOT NULL
);

CREATE INDEX webhook_of_domain ON webhook (domain, seq);

-- The deliveries of one source to one webhook go one after the other. turn grows with every lease.
CREATE TABLE delivery_line (
    webhook TEXT NOT NULL,
    source TEXT NOT NULL,
    due BIGINT,
    turn BIGINT NOT NULL,
    PRIMARY KEY (webhook, source)
);

CREATE INDEX due_line ON delivery_line (webhook, due, source) WHERE due IS NOT NULL;

CREATE TABLE delivery (
    webhook TEXT NOT NULL,
    source TEXT NOT NULL,
    number BIGINT NOT NULL,
    domain TEXT,
    device TEXT,
    kind TEXT NOT NULL,
    subject TEXT,
    at BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (webhook, source, number)
);

CREATE TABLE dead_letter (
    webhook TEXT NOT NULL,
    source TEXT NOT NULL,
    number BIGINT NOT NULL,
    domain TEXT,
    device TEXT,
    kind TEXT NOT NULL,
    subject TEXT,
    at BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    reason TEXT NOT NULL,
    died_at BIGINT NOT NULL,
    PRIMARY KEY (webhook, source, number)
);

-- REST: what all server processes on this data share, such as the secret that signs tokens; name says what for.

CREATE TABLE server_secret (
    name TEXT PRIMARY KEY,
    secret BLOB NOT NULL
);

-- REST: pages of lists, in the order in which they are shown.

CREATE INDEX profile_of_domain ON profile (domain, uid);
CREATE INDEX certificate_by_end ON certificate (issuer, not_after, fingerprint);

-- REST: what keeps a Root CA from being deleted.

CREATE INDEX open_operation_for_root_ca ON operation (issuer) WHERE open AND issuer IS NOT NULL;
CREATE INDEX unused_consent ON consent (root_ca) WHERE NOT used;

-- Money. Days are days since 1970 (UTC) in BIGINT, amounts are in the currency's smallest unit.

CREATE TABLE tariff_change (
    seq INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    plan TEXT NOT NULL,
    currency TEXT NOT NULL,
    month_price BIGINT NOT NULL,
    renew_price BIGINT NOT NULL,
    update_price BIGINT NOT NULL,
    transfer_price BIGINT NOT NULL
);

CREATE TABLE plan_change (
    seq INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    at BIGINT NOT NULL,
    domain TEXT NOT NULL,
    plan TEXT NOT NULL
);

CREATE INDEX plan_change_of_device ON plan_change (device, seq);

-- due: the day on which the next period may have to begin.
CREATE TABLE subscription (
    device TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    plan TEXT NOT NULL,
    due BIGINT
);

CREATE INDEX due_subscription ON subscription (due, device) WHERE due IS NOT NULL;
CREATE INDEX subscription_of_plan ON subscription (domain, plan);

-- invoice: the number of the invoice that it is in.
CREATE TABLE subscription_period (
    device TEXT NOT NULL,
    domain TEXT NOT NULL,
    plan TEXT NOT NULL,
    anchor BIGINT NOT NULL,
    month BIGINT NOT NULL,
    currency TEXT NOT NULL,
    month_price BIGINT NOT NULL,
    renew_price BIGINT NOT NULL,
    update_price BIGINT NOT NULL,
    transfer_price BIGINT NOT NULL,
    start_day BIGINT NOT NULL,
    end_day BIGINT NOT NULL,
    invoice BIGINT,
    PRIMARY KEY (device, start_day)
);

CREATE INDEX open_period ON subscription_period (domain, end_day, device) WHERE invoice IS NULL;

CREATE TABLE invoice (
    domain TEXT NOT NULL,
    number BIGINT NOT NULL,
    day BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    currency TEXT NOT NULL,
    total BIGINT NOT NULL,
    json TEXT NOT NULL,
    html TEXT NOT NULL,
    PRIMARY KEY (domain, number),
    UNIQUE (domain, day, currency)
);

CREATE TABLE invoice_delivery (
    domain TEXT NOT NULL,
    number BIGINT NOT NULL,
    channel TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due BIGINT,
    PRIMARY KEY (domain, number, channel)
);

CREATE INDEX due_delivery ON invoice_delivery (due) WHERE due IS NOT NULL;

-- What was billed before there were prices is owed by nobody: no invoice has the number 0.
ALTER TABLE billing_event ADD COLUMN invoice BIGINT;
UPDATE billing_event SET invoice = 0;
CREATE INDEX open_billing_event ON billing_event (domain, seq) WHERE invoice IS NULL;

-- Plans that were chosen before begin when the former version heard of any device last.
INSERT INTO plan_change (device, at, domain, plan)
    SELECT uid, (SELECT max(last_at) FROM device), domain, plan FROM device
    WHERE domain IS NOT NULL AND standing = 'ACTIVATED' AND plan <> 'NONE'
        AND EXISTS (SELECT 1 FROM device WHERE last_at IS NOT NULL)
    ORDER BY uid;
INSERT INTO subscription (device, domain, plan, due)
    SELECT device, domain, plan, at / 86400000000000 FROM plan_change;

-- REST: the audit log, one row per call that is attributed to a domain.

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    domain TEXT NOT NULL,
    api_key TEXT NOT NULL,
    at BIGINT NOT NULL,
    call TEXT NOT NULL,
    outcome TEXT NOT NULL,
    request_id TEXT,
    address TEXT
);

CREATE INDEX audit_of_domain ON audit (domain, seq);

-- IoT platforms. platforms: a JSON array of names.

ALTER TABLE root_ca ADD COLUMN platforms TEXT NOT NULL DEFAULT '["rootbeat"]';
ALTER TABLE root_ca ADD COLUMN crl_check BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE registration (
    fingerprint BLOB PRIMARY KEY,
    domain TEXT NOT NULL,
    issuer TEXT NOT NULL,
    serial TEXT NOT NULL,
    device TEXT NOT NULL,
    state TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    first_login BIGINT
);

CREATE INDEX registration_of_domain ON registration (domain, fingerprint);
CREATE INDEX registration_of_device ON registration (device, fingerprint);

-- What devices got before there was a platform is known to it, since it was signed: an hour after its validity began.
INSERT INTO registration (fingerprint, domain, issuer, serial, device, state, registered_at)
    SELECT certificate.fingerprint, root_ca.domain, certificate.issuer, certificate.serial, certificate.device,
        'REGISTERED', certificate.not_before + 3600000000000
    FROM certificate JOIN root_ca ON root_ca.id = certificate.issuer;
