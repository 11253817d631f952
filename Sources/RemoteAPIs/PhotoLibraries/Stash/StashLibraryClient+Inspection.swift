internal import HTTP
internal import HTTPClient

extension StashLibraryClient: InspectableLibrary {
    package func inspect(_ expectations: LibraryExpectations) async -> [LibraryFinding] {
        let address = await inspectAddress(expectations)
        guard address.isGood else { return [address] }
        var findings = [address]
        do throws(PhotoLibraryError) {
            let version = try await readiness()
            let isFree = !hasKey
            findings.append(.good("key", isFree ? "not needed" : "accepted"))
            findings.append(Self.inspect(version: version))
            findings.append(.good("rights", expectations.isWritten ? "reads, and writes votes" : "reads"))
        } catch {
            findings.append(keyOrState(error, expectations))
            return findings
        }
        do throws(PhotoLibraryError) {
            let count = try await status().count
            findings.append(
                count > 0
                    ? .good("photos", "\(count)")
                    : .bad("photos", "none", "let Stash scan a folder with pictures: Settings, Tasks, Scan"))
        } catch {
            findings.append(.bad("photos", error, expectations))
        }
        return findings
    }

    /// The oldest that answers all that is asked.
    private static let oldest = (0, 27)

    private static func inspect(version: String?) -> LibraryFinding {
        guard let version, let (major, minor) = numbers(of: version) else {
            // One that somebody built for themselves.
            return .good("version", version ?? "unknown")
        }
        guard (major, minor) >= oldest else {
            return .bad("version", "\(version) is too old", "update Stash to v0.27 or newer")
        }
        return .good("version", version)
    }

    /// Major and minor of `v0.31.1` or `v0.27.2-12-gabcdef`; nil for another form.
    private static func numbers(of version: String) -> (Int, Int)? {
        let parts = version.drop { $0 == "v" }.split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
        return (major, minor)
    }

    private func inspectAddress(_ expectations: LibraryExpectations) async -> LibraryFinding {
        let address = AddressInspection(server: "Stash", base: base, usualPort: 9999, expectations: expectations)
        let outcome: Result<ClientResponse, HTTPClientError>
        do throws(HTTPClientError) {
            outcome = .success(try await http.send(ClientRequest(.get, base.description + "/healthz")))
        } catch {
            outcome = .failure(error)
        }
        if case .success(let response) = outcome, Self.isExposed(response) {
            return .bad(
                "address", "Stash has closed itself because it stood open to the internet",
                "set a user name and a password in Stash's security settings, then restart it")
        }
        return address.finding(outcome) { response in
            // Alive in one character; a 401 with this scheme is Stash's too.
            (response.status == .ok && response.body == Array(".".utf8))
                || response.fields["WWW-Authenticate"] == "FormBased"
        }
    }

    private func keyOrState(_ error: PhotoLibraryError, _ expectations: LibraryExpectations) -> LibraryFinding {
        let key = expectations.keyName ?? "the key"
        switch error {
        case .unauthorized where !hasKey:
            return .bad("key", "Stash wants one", "make one in Stash (Settings, Security) and set \(key)")
        case .unauthorized:
            return .bad("key", "Stash refuses it", "copy the key anew from Stash (Settings, Security) into \(key)")
        case .needsOwner(let reason):
            let advice =
                reason.contains("migrated")
                ? "make a backup, then open Stash in a browser and let it migrate"
                : "open Stash in a browser and go through its first steps"
            return .bad("state", reason, advice)
        case .refused(let reason):
            return .bad("version", "it does not understand: \(reason)", "update Stash to v0.27 or newer")
        default: return .bad("key", error, expectations)
        }
    }
}
