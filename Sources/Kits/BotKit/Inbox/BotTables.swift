import Storage

/// The tables that BotKit keeps in a bot's database; each row belongs to one bot.
enum BotTables {
    static let component = "botkit"

    /// Append-only: add at the end, change nothing above.
    static let migrations: [Migration] = [
        Migration(
            "updates",
            """
            CREATE TABLE bot_updates (
                bot BIGINT NOT NULL,
                update_id BIGINT NOT NULL,
                payload BLOB NOT NULL,
                received_at BIGINT NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0,
                handled_at BIGINT,
                outcome TEXT,
                PRIMARY KEY (bot, update_id)
            );
            CREATE INDEX bot_updates_waiting ON bot_updates (bot, update_id) WHERE handled_at IS NULL;
            CREATE INDEX bot_updates_handled ON bot_updates (handled_at) WHERE handled_at IS NOT NULL;
            """),
        Migration(
            "dialogues",
            """
            CREATE TABLE bot_dialogues (
                bot BIGINT NOT NULL,
                chat BIGINT NOT NULL,
                person BIGINT NOT NULL,
                name TEXT NOT NULL,
                version INTEGER NOT NULL,
                state BLOB NOT NULL,
                expires_at BIGINT NOT NULL,
                PRIMARY KEY (bot, chat, person)
            );
            """),
        Migration(
            "people",
            """
            CREATE TABLE bot_people (
                bot BIGINT NOT NULL,
                person BIGINT NOT NULL,
                language TEXT,
                refused_at BIGINT,
                PRIMARY KEY (bot, person)
            );
            """),
        Migration(
            "messages",
            """
            CREATE TABLE bot_messages (
                bot BIGINT NOT NULL,
                chat BIGINT NOT NULL,
                slot TEXT NOT NULL,
                message BIGINT NOT NULL,
                sent_at BIGINT NOT NULL,
                PRIMARY KEY (bot, chat, slot)
            );
            """),
        Migration(
            "media",
            """
            CREATE TABLE bot_media (
                bot BIGINT NOT NULL,
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                file_id TEXT NOT NULL,
                used_at BIGINT NOT NULL,
                PRIMARY KEY (bot, kind, key)
            );
            """),
        Migration(
            "values",
            """
            CREATE TABLE bot_values (
                bot BIGINT NOT NULL,
                name TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (bot, name)
            );
            """),
        Migration(
            "list arguments",
            """
            CREATE TABLE bot_list_arguments (
                bot BIGINT NOT NULL,
                key TEXT NOT NULL,
                person BIGINT NOT NULL,
                argument TEXT NOT NULL,
                used_at BIGINT NOT NULL,
                PRIMARY KEY (bot, key)
            );
            CREATE INDEX bot_list_arguments_person ON bot_list_arguments (bot, person);
            """),
        Migration(
            "broadcasts",
            """
            CREATE TABLE bot_broadcasts (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                bot BIGINT NOT NULL,
                method TEXT NOT NULL,
                parameters BLOB NOT NULL,
                messages BIGINT NOT NULL,
                paid BIGINT NOT NULL,
                state TEXT NOT NULL,
                reason TEXT,
                total BIGINT NOT NULL DEFAULT 0,
                sent BIGINT NOT NULL DEFAULT 0,
                unreachable BIGINT NOT NULL DEFAULT 0,
                failed BIGINT NOT NULL DEFAULT 0,
                repeated BIGINT NOT NULL DEFAULT 0,
                created_at BIGINT NOT NULL,
                finished_at BIGINT
            );
            CREATE INDEX bot_broadcasts_running ON bot_broadcasts (bot, id) WHERE state = 'running';
            CREATE TABLE bot_broadcast_recipients (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                broadcast BIGINT NOT NULL,
                chat BIGINT NOT NULL,
                due_at BIGINT NOT NULL DEFAULT 0,
                attempts BIGINT NOT NULL DEFAULT 0,
                begun BIGINT NOT NULL DEFAULT 0,
                doubtful BIGINT NOT NULL DEFAULT 0,
                fault TEXT,
                UNIQUE (broadcast, chat)
            );
            CREATE INDEX bot_broadcast_recipients_waiting ON bot_broadcast_recipients (broadcast, due_at, id)
                WHERE begun = 0 AND fault IS NULL;
            CREATE INDEX bot_broadcast_recipients_begun ON bot_broadcast_recipients (broadcast) WHERE begun = 1;
            CREATE INDEX bot_broadcast_recipients_failed ON bot_broadcast_recipients (broadcast, id)
                WHERE fault IS NOT NULL;
            """),
        // Those who are told by the bot itself have a language there, and only they stand in the index.
        Migration(
            "expiry notices",
            """
            ALTER TABLE bot_dialogues ADD COLUMN language TEXT;
            ALTER TABLE bot_dialogues ADD COLUMN topic BIGINT;
            ALTER TABLE bot_dialogues ADD COLUMN message BIGINT;
            CREATE INDEX bot_dialogues_expiring ON bot_dialogues (bot, expires_at) WHERE language IS NOT NULL;
            CREATE TABLE bot_expiry_notices (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                bot BIGINT NOT NULL,
                chat BIGINT NOT NULL,
                person BIGINT NOT NULL,
                language TEXT NOT NULL,
                topic BIGINT,
                message BIGINT,
                expired_at BIGINT NOT NULL,
                due_at BIGINT NOT NULL
            );
            CREATE INDEX bot_expiry_notices_due ON bot_expiry_notices (bot, due_at, id);
            """),
    ]
}
