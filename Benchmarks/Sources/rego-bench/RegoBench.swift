import Diagnostics
import Documents
import Rego
import RegoRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `rego-bench SECONDS RULE POLICY INPUT [DATA]`: CPU nanoseconds of one evaluation of `data.bench.RULE`, with the
/// input loaded and with loading it from JSON text, and the result; the answer is one line of JSON.
@main
struct RegoBench {
    let evaluator: Evaluator
    let entrypoint: Entrypoint
    let data: Document?
    let text: SourceFile

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 5, let seconds = Double(arguments[1]) else {
            throw Failure("usage: rego-bench SECONDS RULE POLICY INPUT [DATA]")
        }
        let data = arguments.count > 5 ? try JSONReader.read(file(arguments[5])) : nil
        let rule = "data.bench.\(arguments[2])"
        let bench = try RegoBench(rule: rule, policy: arguments[3], input: arguments[4], data: data)
        try bench.run(seconds: seconds)
    }

    init(rule: String, policy: String, input: String, data: Document?) throws {
        let (engine, problems) = Engine.compile(
            [ModuleSource(file: try Self.file(policy))], entrypoints: [rule], builtins: BuiltinTable(Builtins.standard))
        guard let engine, let entrypoint = engine.entrypoint(rule) else { throw Failure("\(policy): \(problems)") }
        self.entrypoint = entrypoint
        self.data = data
        text = try Self.file(input)
        evaluator = Evaluator(engine, data: data?.root ?? .undefined)
    }

    func run(seconds: Double) throws {
        let input = try JSONReader.read(text, keepsPositions: false)
        try withExtendedLifetime((input, data)) {
            let result = try evaluate(input)
            let answer = JSONWriter.string(result, style: .compact)
            let loaded = try best(seconds) { _ = try evaluate(input) }
            let withLoad = try best(seconds) {
                let fresh = try JSONReader.read(text, keepsPositions: false)
                try withExtendedLifetime(fresh) { _ = try evaluate(fresh) }
            }
            print("{\"loaded_ns\": \(loaded), \"text_ns\": \(withLoad), \"result\": \(answer)}")
        }
    }

    private func evaluate(_ input: Document) throws -> Value {
        evaluator.begin(input: input.root)
        switch evaluator.evaluate(entrypoint) {
        case .value(let value): return value
        case .undefined: throw Failure("the rule is undefined")
        case .fault(let fault): throw fault
        }
    }

    /// The mean of the fastest batch: batches of about 2 ms hide the clock, the fastest one had the CPU for itself.
    private func best(_ seconds: Double, _ body: () throws -> Void) throws -> Double {
        var size = 1
        var fastest = Double.infinity
        let end = Self.clock(CLOCK_MONOTONIC) + seconds * 1e9
        repeat {
            let start = Self.clock(CLOCK_THREAD_CPUTIME_ID)
            for _ in 0..<size { try body() }
            let time = Self.clock(CLOCK_THREAD_CPUTIME_ID) - start
            if time < 1e6 { size *= 2 } else { fastest = min(fastest, time / Double(size)) }
        } while fastest == .infinity || Self.clock(CLOCK_MONOTONIC) < end
        return fastest
    }

    private static func clock(_ kind: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(kind, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    private static func file(_ path: String) throws -> SourceFile {
        guard let handle = fopen(path, "rb") else { throw Failure("cannot open \(path)") }
        defer { fclose(handle) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, handle), count > 0 { bytes += chunk[..<count] }
        return SourceFile(path: path, bytes: bytes)
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
