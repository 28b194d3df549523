import GoTemplate
import Text

/// Functions with random results. A run with a seed gives the same results each time.
enum RandomFunctions {
    static let all: [TemplateFunction] = [
        function("randAlphaNum", [.int]) { try text($0, letters + digits) },
        function("randAlpha", [.int]) { try text($0, letters) },
        function("randNumeric", [.int]) { try text($0, digits) },
        function("randAscii", [.int]) { try text($0, (32...126).map { UInt8($0) }) },
        function("randBytes", [.int]) { call in
            try checkCount(call.int(0), call)
            return .string(
                Base64.text((0..<call.int(0)).map { _ in UInt8(truncatingIfNeeded: next(call.run)) }))
        },
        function("randInt", [.int, .int]) { call in
            let (low, high) = (call.int(0), call.int(1))
            let (width, overflow) = high.subtractingReportingOverflow(low)
            guard width > 0, !overflow else { throw FunctionFailure("invalid argument to Intn") }
            return .int(low + Int(next(call.run) % UInt64(width)))
        },
        function("shuffle", [.string]) { call in
            var scalars = Array(call.text(0).unicodeScalars)
            for index in scalars.indices.dropFirst().reversed() {
                scalars.swapAt(index, Int(next(call.run) % UInt64(index + 1)))
            }
            return .string(String(String.UnicodeScalarView(scalars)))
        },
        function("uuidv4") { call in
            var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: next(call.run)) }
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
            return .string(groups.joined(separator: "-"))
        },
    ]

    private static let digits = Array("0123456789".utf8)
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    private static func next(_ run: TemplateRun) -> UInt64 {
        (run.owner as? RenderState)?.random() ?? UInt64.random(in: .min ... .max)
    }

    private static func checkCount(_ count: Int, _ call: borrowing FunctionCall) throws {
        if count < 0 { throw FunctionFailure("runtime error: makeslice: len out of range") }
        try call.run.charge(count)
    }

    private static func text(_ call: borrowing FunctionCall, _ alphabet: [UInt8]) throws -> GoValue {
        try checkCount(call.int(0), call)
        let bytes = (0..<call.int(0)).map { _ in alphabet[Int(next(call.run) % UInt64(alphabet.count))] }
        return .string(String(decoding: bytes, as: UTF8.self))
    }
}
