/// A certificate authority of a test's own, and a certificate for `localhost` that it signed, made by `openssl`.
struct Certificates {
    let folder: TemporaryFolder
    var authority: String { folder.path("ca.pem") }
    var certificate: String { folder.path("server.pem") }
    var key: String { folder.path("server.key") }

    init() throws {
        folder = try TemporaryFolder()
        try ChildProcess.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2", "-subj", "/CN=Test authority", "-keyout", folder.path("ca.key"), "-out", authority,
        ])
        try ChildProcess.run([
            "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
            "/CN=localhost", "-keyout", key, "-out", folder.path("server.csr"),
        ])
        folder.write(Array("subjectAltName=DNS:localhost\n".utf8), to: "names")
        try ChildProcess.run([
            "openssl", "x509", "-req", "-in", folder.path("server.csr"), "-CA", authority, "-CAkey",
            folder.path("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", folder.path("names"), "-out",
            certificate,
        ])
    }

    func remove() { folder.remove() }
}
