import Cryptography
import Foundation
import SQLiteStorage
import Storage
import Support
import Testing

@testable import GalleryBot

@Suite struct WebLoginsTests {
    private let logins = WebLogins()
    private let start = Timestamp(seconds: 1_800_000_000)

    @Test func `a link is good for ten minutes`() async throws {
        try await withTables { connection in
            let early = try logins.makeLink(for: 501, now: start, in: connection)
            #expect(try logins.takeLink(early.text, now: start + .seconds(599), in: connection) == 501)
            let late = try logins.makeLink(for: 501, now: start, in: connection)
            #expect(try logins.takeLink(late.text, now: start + .seconds(600), in: connection) == nil)
        }
    }

    @Test func `a session is good for thirty days`() async throws {
        try await withTables { connection in
            let token = try logins.makeSession(.link(userID: 501), now: start, in: connection).text
            let end = start + .seconds(30 * 86_400)
            let found = try logins.session(of: token, password: nil, now: end - .seconds(1), in: connection)
            #expect(found == WebLogins.Session(userID: 501, createdAt: start, expiresAt: end))
            #expect(try logins.session(of: token, password: nil, now: end, in: connection) == nil)
        }
    }

    @Test func `the tables hold nothing that opens the page`() async throws {
        try await withTables { connection in
            let link = try logins.makeLink(for: 501, now: start, in: connection).text
            let session = try logins.makeSession(.link(userID: 501), now: start, in: connection).text
            let stored: [String] = try connection.values(
                "SELECT token_hash FROM gallery_web_links UNION ALL SELECT token_hash FROM gallery_web_sessions")
            #expect(stored.count == 2)
            for hash in stored {
                #expect(hash.count == 64 && !hash.contains(link) && !hash.contains(session))
                #expect(try logins.takeLink(hash, now: start, in: connection) == nil)
                #expect(try logins.session(of: hash, password: nil, now: start, in: connection) == nil)
            }
        }
    }

    @Test func `a session by password goes with that password alone`() async throws {
        try await withTables { connection in
            let password = Secret("correct horse battery")
            let token = try logins.makeSession(.password(password), now: start, in: connection).text
            func isOpen(_ password: Secret?) throws -> Bool {
                try logins.session(of: token, password: password, now: start, in: connection) != nil
            }
            #expect(try isOpen(password))
            #expect(try !isOpen(Secret("another horse battery")))
            #expect(try !isOpen(nil))
        }
    }

    private func withTables(_ body: @escaping @Sendable (any SQLConnection) throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "logins-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await SQLiteDatabase.open(path: folder.appending(path: "gallery.db").path)
        let result: Result<Void, any Error>
        do {
            try await database.migrate(WebLogins.migrations, component: "gallery")
            result = .success(try await database.write(body))
        } catch {
            result = .failure(error)
        }
        await database.close()
        try FileManager.default.removeItem(at: folder)
        try result.get()
    }
}
