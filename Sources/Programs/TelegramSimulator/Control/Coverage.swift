internal import HTTP
internal import HTTPServer

/// `/sim/coverage`: which methods of the Bot API are simulated.
enum Coverage {
    static func respond(_ request: ServerRequest) -> ServerResponse {
        let methods = MethodNames.all.map { ($0, MethodTable.state($0)) }
        let simulated = methods.count { $0.1 == .simulated }
        guard request.fields["Accept"]?.contains("text/html") == true else {
            return ControlAPI.response(
                .writing { writer in
                    writer.object { writer in
                        writer.field("methods", methods) { writer, method in
                            writer.object { writer in
                                writer.field("name", method.0)
                                writer.field("state", method.1.rawValue)
                            }
                        }
                        writer.field("simulated", simulated)
                        writer.field("total", methods.count)
                    }
                })
        }
        var rows = ""
        for (name, state) in methods {
            rows += "<tr><td><code>\(name)</code></td><td>\(state == .simulated ? "simulated" : "not yet")</td></tr>\n"
        }
        return .bytes(
            Array(
                """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Coverage</title>
                <h1>Bot API 10.3 in the simulator</h1>
                <p>\(simulated) of \(methods.count) methods are simulated. Others answer
                <code>Bad Request: method X is not simulated</code>.</p>
                <table><thead><tr><th>Method<th>State</thead><tbody>
                \(rows)</tbody></table></html>
                """.utf8), type: "text/html; charset=utf-8")
    }
}
