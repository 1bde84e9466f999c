-- Instants and durations are nanoseconds in BIGINT (epoch 1970, UTC). A RoTPublicUID and a serial number are
-- lower-case hexadecimal TEXT, so they sort and read as people write them. Enumerations are their names.
-- seq is the order of first saving: an upsert keeps it.

CREATE TABLE domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    api_key TEXT NOT NULL UNIQUE,
    api_secret_digest BLOB NOT NULL
);

CREATE TABLE profile (
    uid TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    name TEXT NOT NULL,
    root_ca TEXT,
    whitelist_check BOOLEAN NOT NULL,
    plan TEXT NOT NULL
);

CREATE TABLE whitelist (
    profile TEXT NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY (profile, device)
);

CREATE TABLE root_ca (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    domain TEXT NOT NULL,
    name TEXT NOT NULL,
    device_validity BIGINT NOT NULL,
    renewal_window BIGINT,
    state TEXT NOT NULL,
    certificate BLOB NOT NULL,
    private_key BLOB NOT NULL,
    not_after BIGINT NOT NULL,
    expiry_notified BOOLEAN NOT NULL
);

CREATE INDEX root_ca_of_domain ON root_ca (domain, seq);

CREATE TABLE crl (
    root_ca TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    next_update BIGINT NOT NULL,
    der BLOB NOT NULL
);

CREATE TABLE consent (
    code TEXT PRIMARY KEY,
    root_ca TEXT NOT NULL,
    used BOOLEAN NOT NULL
);

-- claim: domain, profile, host_serial. last_…: the last accepted heartbeat, from boot to results_taken all or none.
-- reported_…: what the managed slot held. order_…: the command told last.
CREATE TABLE device (
    uid TEXT PRIMARY KEY,
    product TEXT NOT NULL,
    firmware TEXT NOT NULL,
    domain TEXT,
    profile TEXT,
    host_serial TEXT,
    standing TEXT NOT NULL,
    plan TEXT NOT NULL,
    frozen TEXT,
    last_boot BIGINT,
    last_beat BIGINT,
    last_digest BLOB,
    last_at BIGINT,
    last_reply BLOB,
    last_results_taken INTEGER,
    attempts INTEGER NOT NULL,
    issuer TEXT,
    provisioned BOOLEAN NOT NULL,
    reported_slot INTEGER NOT NULL,
    reported_key BLOB,
    reported_fingerprint BLOB,
    reported_serial TEXT,
    reported_pending_key BLOB,
    order_id BIGINT,
    order_kind TEXT,
    order_fingerprint BLOB,
    order_settled BOOLEAN,
    pending_key BLOB
);

CREATE INDEX device_of_domain ON device (domain, uid) WHERE domain IS NOT NULL;

-- history: a JSON array of [state, instant, reason or null], oldest first. open: whether the device still owes it.
CREATE TABLE operation (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    domain TEXT NOT NULL,
    kind TEXT NOT NULL,
    issuer TEXT,
    history TEXT NOT NULL,
    tries INTEGER NOT NULL,
    open BOOLEAN NOT NULL
);

CREATE INDEX operation_of_device ON operation (device, seq);
CREATE INDEX open_operation_of_device ON operation (device, seq) WHERE open;

-- operations: a JSON array of ids.
CREATE TABLE certificate (
    seq INTEGER PRIMARY KEY,
    issuer TEXT NOT NULL,
    serial TEXT NOT NULL,
    device TEXT NOT NULL,
    certificate BLOB NOT NULL,
    fingerprint BLOB NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    state TEXT NOT NULL,
    operations TEXT NOT NULL,
    billed_as TEXT,
    revoked_at BIGINT,
    revocation_reason TEXT,
    UNIQUE (issuer, serial)
);

CREATE INDEX certificate_of_device ON certificate (device, seq);
CREATE INDEX revoked_certificate ON certificate (issuer, revoked_at, seq) WHERE revoked_at IS NOT NULL;

CREATE TABLE billing_event (
    seq INTEGER PRIMARY KEY,
    domain TEXT NOT NULL,
    device TEXT NOT NULL,
    kind TEXT NOT NULL,
    issuer TEXT NOT NULL,
    serial TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (issuer, serial)
);

CREATE TABLE notification (
    seq INTEGER PRIMARY KEY,
    domain TEXT,
    device TEXT,
    kind TEXT NOT NULL,
    subject TEXT,
    at BIGINT NOT NULL
);
