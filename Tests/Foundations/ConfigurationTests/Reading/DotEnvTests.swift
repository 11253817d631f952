import Testing

@testable import Configuration

@Suite struct DotEnvTests {
    @Test(arguments: [
        ("A=1", "1"), ("export A=1", "1"), ("A = 1 ", "1"), ("A=\"x y\" # c", "x y"), ("A='$x # y'", "$x # y"),
        ("A=x # comment", "x"), ("A=x#y", "x#y"), ("A=", ""), ("A=\"a\\nb\\\"\"", "a\nb\""), ("A='a\\n'", "a\\n"),
        ("A=1\r", "1"), ("# c\n\nA=b=c", "b=c"), ("A=# none", ""),
    ])
    func `reads a line`(_ text: String, _ value: String) {
        let (environment, problems) = DotEnv.parse(text, path: ".env")
        #expect(environment.variables == ["A": value])
        #expect(problems.isEmpty)
    }

    @Test(arguments: ["just words", "1A=2", "A B=1", "=x", "A=\"open", "A='x' y"])
    func `names the line of a mistake without showing it`(_ text: String) {
        let (environment, problems) = DotEnv.parse("OK=1\n\(text)\n", path: ".env")
        #expect(environment.variables == ["OK": "1"])
        #expect(problems.map(\.description) == [".env:2: expected NAME=value"])
    }
}
