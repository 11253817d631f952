import Storage

/// The tables of jobs and schedules.
enum JobMigrations {
    static let component = "jobs"

    static let list = [
        Migration(
            "create jobs",
            """
            CREATE TABLE jobs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL,
                queue TEXT NOT NULL,
                args TEXT NOT NULL,
                state TEXT NOT NULL,
                priority BIGINT NOT NULL,
                turn BIGINT NOT NULL,
                run_at BIGINT NOT NULL,
                attempt BIGINT NOT NULL DEFAULT 0,
                max_attempts BIGINT NOT NULL,
                snoozes BIGINT NOT NULL DEFAULT 0,
                lease_owner TEXT,
                lease_token BIGINT NOT NULL DEFAULT 0,
                lease_until BIGINT,
                cancel_reason TEXT,
                unique_key TEXT,
                fairness_key TEXT,
                scheduled_for BIGINT,
                step_state TEXT,
                errors TEXT NOT NULL DEFAULT '[]',
                created BIGINT NOT NULL,
                finished BIGINT
            );
            CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key)
                WHERE unique_key IS NOT NULL AND state NOT IN ('completed', 'cancelled', 'discarded');
            CREATE INDEX jobs_due ON jobs (queue, priority DESC, turn, run_at, id)
                WHERE state IN ('available', 'scheduled', 'retryable');
            CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running';
            CREATE INDEX jobs_turns ON jobs (fairness_key, turn)
                WHERE fairness_key IS NOT NULL AND state NOT IN ('completed', 'cancelled', 'discarded');
            CREATE INDEX jobs_finished ON jobs (finished) WHERE finished IS NOT NULL;
            """),
        Migration(
            "create schedules",
            """
            CREATE TABLE schedules (
                name TEXT PRIMARY KEY,
                cron TEXT NOT NULL,
                zone TEXT NOT NULL,
                kind TEXT NOT NULL,
                args TEXT NOT NULL,
                enabled BIGINT NOT NULL,
                grace BIGINT NOT NULL,
                next_run BIGINT,
                last_run BIGINT
            );
            CREATE INDEX schedules_due ON schedules (next_run) WHERE enabled = 1;
            """),
        Migration("note what led to a job", "ALTER TABLE jobs ADD COLUMN origin TEXT"),
        Migration(
            "note since when a job waits",
            """
            ALTER TABLE jobs ADD COLUMN waits_since BIGINT;
            CREATE INDEX jobs_waiting ON jobs (waits_since)
                WHERE waits_since IS NOT NULL AND state IN ('scheduled', 'retryable');
            """),
    ]
}
