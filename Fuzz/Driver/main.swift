import Glibc

// libFuzzer over one parser, named in FUZZ_TARGET; without a name the names are printed. Further arguments are
// libFuzzer's own: folders of inputs, and options such as -max_total_time=60.

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
guard let chosen = FuzzTarget.all.first(where: { $0.name == name }) else {
    print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
    exit(name.isEmpty ? 0 : 64)
}
let run = chosen.run
var count = CommandLine.argc
var arguments = unsafe CommandLine.unsafeArgv
exit(
    unsafe runDriver(&count, &arguments) { bytes, count in
        run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    })
