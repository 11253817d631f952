internal import HTTP
internal import HTTPClient
internal import JSON

extension ImmichLibraryClient: InspectableLibrary {
    package func inspect(_ expectations: LibraryExpectations) async -> [LibraryFinding] {
        let address = await inspectAddress(expectations)
        guard address.isGood else { return [address] }
        var findings = [address]
        do throws(PhotoLibraryError) {
            let version = try await version()
            guard version >= .oldest else {
                findings.append(
                    .bad("version", "\(version) is too old", "update Immich to \(ImmichVersion.oldest) or newer"))
                return findings
            }
            findings.append(.good("version", version.description))
        } catch {
            findings.append(.bad("version", error, expectations))
            return findings
        }
        let rights: [ImmichPermission: Bool]
        do throws(PhotoLibraryError) {
            rights = try await rightsOfKey(withWriting: expectations.isWritten)
        } catch {
            findings.append(inspect(keyRefusedBy: error, expectations))
            return findings
        }
        findings.append(.good("key", "accepted"))
        findings.append(Self.inspect(rights, isWritten: expectations.isWritten))
        guard rights[.read] == true else { return findings }
        do throws(PhotoLibraryError) {
            let count = try await count()
            findings.append(
                count > 0
                    ? .good("photos", "\(count)")
                    : .bad(
                        "photos", "none in the timeline",
                        "upload pictures, or use a key of the account that has them"))
        } catch {
            findings.append(.bad("photos", error, expectations))
        }
        return findings
    }

    private func inspectAddress(_ expectations: LibraryExpectations) async -> LibraryFinding {
        let address = AddressInspection(server: "Immich", base: api.base, usualPort: 2283, expectations: expectations)
        let outcome: Result<ClientResponse, HTTPClientError>
        do throws(HTTPClientError) {
            outcome = .success(try await api.tryOut("/server/ping"))
        } catch {
            outcome = .failure(error)
        }
        return address.finding(outcome) { response in
            guard response.status == .ok else { return false }
            do { return try JSONValue(parsing: response.body)["res"] == "pong" } catch { return false }
        }
    }

    private func inspect(
        keyRefusedBy error: PhotoLibraryError, _ expectations: LibraryExpectations
    ) -> LibraryFinding {
        guard error == .unauthorized else { return .bad("key", error, expectations) }
        return .bad(
            "key", "Immich refuses it",
            "make one in Immich (Account Settings, API Keys) and set \(expectations.keyName ?? "the key")")
    }

    // MARK: Rights

    /// A picture that does not exist: who may not touch it is told so before it is looked for.
    private static let nowhere = "00000000-0000-4000-8000-000000000000"

    /// Which of the permissions a key has, found out by asking for things that are not there.
    ///
    /// - Throws: `.unauthorized` for a key that is none.
    private func rightsOfKey(withWriting: Bool) async throws(PhotoLibraryError) -> [ImmichPermission: Bool] {
        var rights: [ImmichPermission: Bool] = [:]
        for permission in ImmichPermission.allCases where permission != .update || withWriting {
            let response: ClientResponse
            switch permission {
            case .read: response = try await api.answer(.get, "/assets/\(Self.nowhere)")
            case .view: response = try await api.answer(.get, "/assets/\(Self.nowhere)/thumbnail", ["size": "preview"])
            case .download: response = try await api.answer(.get, "/assets/\(Self.nowhere)/original")
            case .statistics: response = try await api.answer(.post, "/search/statistics", body: [:])
            // Names nothing to change in a picture that is not there.
            case .update: response = try await api.answer(.put, "/assets/\(Self.nowhere)", body: [:])
            case .albums: response = try await api.answer(.get, "/albums", ["assetId": Self.nowhere])
            case .tags: response = try await api.answer(.get, "/tags")
            }
            if ImmichFailure.missingPermission(response) != nil {
                rights[permission] = false
            } else if let error = ImmichFailure.error(in: response), error != .notFound {
                throw error
            } else {
                rights[permission] = true
            }
        }
        return rights
    }

    private static func inspect(_ rights: [ImmichPermission: Bool], isWritten: Bool) -> LibraryFinding {
        let asked = ImmichPermission.allCases.filter { rights[$0] != nil }
        let missing = asked.filter { rights[$0] == false && ($0.isNeeded || $0 == .update) }
        guard missing.isEmpty else {
            let names = missing.map(\.rawValue).joined(separator: ", ")
            return .bad(
                "rights", "the key lacks \(names)",
                "grant the key \(missing.count == 1 ? "this" : "these") in Immich (Account Settings, API Keys)")
        }
        var text = asked.filter { rights[$0] == true }.map(\.rawValue).joined(separator: ", ")
        let losses: [ImmichPermission: String] = [
            .albums: "no galleries without album.read", .tags: "no tags without tag.read",
        ]
        for permission in asked where rights[permission] == false {
            if let loss = losses[permission] { text += "; \(loss)" }
        }
        return .good("rights", text)
    }
}
