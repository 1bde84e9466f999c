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
    tries INTEGER NOT NULL,
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
