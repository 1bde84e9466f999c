-- A device keeps all its certificates for ever; what happens to it concerns the last one or two.

CREATE INDEX current_certificate ON certificate (device, seq) WHERE state IN ('ISSUED', 'EFFECTIVE');
