// The tables of the store.
//
//   source ─┬─ import ─┬─ observation ── state ── text      subscription exports
//           │          ├─ usage (packed lines), usage_day,   usage exports
//           │          │  usage_meter ── meter, usage_name
//           │          ├─ billing (packed lines), likewise   usage with costs
//           │          ├─ owner_rule, exclusion, contact     lists kept by people
//           │          ├─ event                              activity logs, audit records
//           │          ├─ the tables of ContextTable         resellers, referrals, licences, …
//           │          └─ import_note                        unknown columns, unknown values
//           └─ subscription (the GUIDs that anything above speaks of)
//   forgetting, forgotten                                   what was erased and must not come back
//
// Everything that a file brought hangs on its `import`, so that taking it back is a delete.
// Days are days since 1970-01-01, months are year · 12 + month - 1, GUIDs are blobs of 16 bytes,
// and the texts of subscription states are numbers of the table `text`.

/// The layout of a store file and how it is recognised.
enum Schema {
  /// "CRSK", so that `file` and SQLite tell a store from other databases.
  static let applicationId: Int64 = 0x4352_534B
  /// Raised when the tables or the layout of packed usage change.
  static let version = Int64(upgrades.count + 1)

  /// What makes an empty database a store: the first version and what was added to it since.
  static let statements = """
    PRAGMA application_id = \(applicationId);
    \(firstVersion)
    \(upgrade(from: 1))
    """

  /// What brings a store of an older version up to date; the last statement raises its number.
  static func upgrade(from version: Int64) -> String {
    upgrades[Int(version - 1)...].joined(separator: "\n")
      + "\nPRAGMA user_version = \(Self.version);"
  }

  /// What each version added to the one before it; never changed once it was released.
  private static let upgrades = [secondVersion, thirdVersion, fourthVersion]

  private static let secondVersion = """
    ALTER TABLE source ADD COLUMN cloud TEXT NOT NULL DEFAULT 'global';
    ALTER TABLE meter ADD COLUMN currency TEXT NOT NULL DEFAULT '';

    CREATE TABLE billing (
      subscription INTEGER NOT NULL REFERENCES subscription,
      month INTEGER NOT NULL,
      import INTEGER NOT NULL REFERENCES import,
      chunk INTEGER NOT NULL,
      tenant INTEGER REFERENCES text,
      lines INTEGER NOT NULL,
      packed BLOB NOT NULL,
      PRIMARY KEY (subscription, month, import, chunk)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE forgetting (
      id INTEGER PRIMARY KEY CHECK (id = 0), -- one row, from the first erasure on
      salt BLOB NOT NULL,
      before INTEGER
    ) STRICT;

    CREATE TABLE forgotten (
      digest TEXT PRIMARY KEY -- SHA-256 of the salt and the id of a tenant or a subscription
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usage_name (
      subscription INTEGER NOT NULL REFERENCES subscription,
      import INTEGER NOT NULL REFERENCES import,
      customerName INTEGER REFERENCES text,
      subscriptionName INTEGER REFERENCES text,
      PRIMARY KEY (subscription, import)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE event (
      import INTEGER NOT NULL REFERENCES import,
      position INTEGER NOT NULL,
      day INTEGER NOT NULL,
      kind TEXT NOT NULL,
      detail TEXT,
      subscriptionId BLOB,
      customerTenantId TEXT,
      customerName TEXT,
      PRIMARY KEY (import, position)
    ) STRICT, WITHOUT ROWID;
    \(ContextTable.all.map(\.creation).joined(separator: "\n"))
    -- Who used something, without a look at what: a twentieth of the pages.
    CREATE INDEX IF NOT EXISTS usage_by_subscription ON usage (subscription, import, tenant);
    """

  private static let thirdVersion = """
    CREATE TABLE contact (
      import INTEGER NOT NULL REFERENCES import,
      line INTEGER NOT NULL,
      subscriptionId BLOB NOT NULL,
      day INTEGER NOT NULL,
      accountManager TEXT,
      outcome TEXT NOT NULL,
      until INTEGER,
      PRIMARY KEY (import, line)
    ) STRICT, WITHOUT ROWID;
    """

  /// Most usage lies settled; what a small file brings goes beside it (`SettledUsage`).
  private static let fourthVersion = """
    ALTER TABLE usage RENAME TO usage_settled;
    CREATE TABLE usage_recent (
      subscription INTEGER NOT NULL REFERENCES subscription,
      month INTEGER NOT NULL,
      import INTEGER NOT NULL REFERENCES import,
      chunk INTEGER NOT NULL,
      tenant INTEGER REFERENCES text,
      lines INTEGER NOT NULL,
      packed BLOB NOT NULL,
      PRIMARY KEY (subscription, month, import, chunk)
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW usage AS SELECT * FROM usage_settled UNION ALL SELECT * FROM usage_recent;
    -- Who used something, without a look at what.
    CREATE VIEW usage_tenant AS
      SELECT subscription, import, tenant FROM usage_settled INDEXED BY usage_by_subscription
      UNION ALL SELECT subscription, import, tenant FROM usage_recent;
    """

  private static let firstVersion = """
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE import (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source INTEGER NOT NULL REFERENCES source,
      isSourceNamed INTEGER NOT NULL,
      resource TEXT NOT NULL,
      format TEXT NOT NULL,
      file TEXT NOT NULL,
      observedOn INTEGER NOT NULL,
      dayOrigin TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      rowsAccepted INTEGER NOT NULL DEFAULT 0,
      rowsRejected INTEGER NOT NULL DEFAULT 0,
      rowsIgnored INTEGER NOT NULL DEFAULT 0,
      rowsRepeated INTEGER NOT NULL DEFAULT 0,
      rowsRestated INTEGER NOT NULL DEFAULT 0,
      hasNextLink INTEGER NOT NULL DEFAULT 0,
      totalCount INTEGER,
      UNIQUE (source, resource, observedOn, sha256)
    ) STRICT;

    CREATE TABLE import_note (
      import INTEGER NOT NULL REFERENCES import,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (import, kind, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE text (
      id INTEGER PRIMARY KEY,
      value TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE subscription (
      id INTEGER PRIMARY KEY,
      guid BLOB NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE state (
      id INTEGER PRIMARY KEY,
      subscription INTEGER NOT NULL REFERENCES subscription,
      \(StateRecord.columns.map { "\($0) INTEGER" }.joined(separator: ",\n      "))
    ) STRICT;
    CREATE INDEX state_by_subscription ON state (subscription);

    CREATE TABLE observation (
      subscription INTEGER NOT NULL REFERENCES subscription,
      import INTEGER NOT NULL REFERENCES import,
      state INTEGER NOT NULL, -- 0: the row was rejected and shows only that it was there
      lastUsageDate INTEGER,
      PRIMARY KEY (subscription, import)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE meter (
      id INTEGER PRIMARY KEY,
      meterCategory TEXT NOT NULL,
      meterSubcategory TEXT NOT NULL,
      meterUnit TEXT NOT NULL,
      resourceLocation TEXT NOT NULL,
      reservationOrderId TEXT NOT NULL,
      reservationId TEXT NOT NULL,
      consumptionMeterId TEXT NOT NULL,
      serviceType TEXT NOT NULL
    ) STRICT;

    CREATE TABLE usage (
      subscription INTEGER NOT NULL REFERENCES subscription,
      month INTEGER NOT NULL,
      import INTEGER NOT NULL REFERENCES import,
      chunk INTEGER NOT NULL,
      tenant INTEGER REFERENCES text,
      lines INTEGER NOT NULL,
      packed BLOB NOT NULL,
      PRIMARY KEY (subscription, month, import, chunk)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usage_day (
      import INTEGER NOT NULL REFERENCES import,
      day INTEGER NOT NULL,
      lines INTEGER NOT NULL,
      PRIMARY KEY (import, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usage_meter (
      import INTEGER NOT NULL REFERENCES import,
      meter INTEGER NOT NULL REFERENCES meter,
      PRIMARY KEY (import, meter)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE owner_rule (
      import INTEGER NOT NULL REFERENCES import,
      line INTEGER NOT NULL,
      subscriptionId BLOB,
      customerTenantId TEXT,
      partnerId TEXT,
      customerMarket TEXT,
      accountManager TEXT NOT NULL,
      email TEXT NOT NULL,
      validFrom INTEGER,
      PRIMARY KEY (import, line)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE exclusion (
      import INTEGER NOT NULL REFERENCES import,
      line INTEGER NOT NULL,
      subscriptionId BLOB,
      customerTenantId TEXT,
      reason TEXT NOT NULL,
      validFrom INTEGER,
      PRIMARY KEY (import, line)
    ) STRICT, WITHOUT ROWID;
    """
}
