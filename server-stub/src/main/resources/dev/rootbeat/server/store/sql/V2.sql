-- Scheduled jobs and when they are due.

CREATE TABLE job (
    name TEXT PRIMARY KEY,
    due BIGINT NOT NULL
);
