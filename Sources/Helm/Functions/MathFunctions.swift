import GoTemplate

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Functions on numbers (sprig's `numeric.go`).
enum MathFunctions {
    static let all: [TemplateFunction] = [
        function("atoi", [.string]) { .int(Cast.atoi($0.text(0))) },
        function("int64", [.any]) { .int64(Cast.integer($0[0])) },
        function("int", [.any]) { .int(Int(Cast.integer($0[0]))) },
        function("float64", [.any]) { .float(Cast.double($0[0])) },
        function("toDecimal", [.any]) { .int64(Cast.parse(GoPrint.text($0[0]), radix: 8) ?? 0) },
        function("add1", [.any]) { .int64(Cast.integer($0[0]) &+ 1) },
        function("add", rest: .any) { .int64($0.arguments.reduce(0) { $0 &+ Cast.integer($1) }) },
        function("sub", [.any, .any]) { .int64(Cast.integer($0[0]) &- Cast.integer($0[1])) },
        function("mul", [.any], rest: .any) { call in
            .int64(call.arguments.dropFirst().reduce(Cast.integer(call[0])) { $0 &* Cast.integer($1) })
        },
        function("div", [.any, .any]) { .int64(try divided($0, \.quotient)) },
        function("mod", [.any, .any]) { .int64(try divided($0, \.remainder)) },
        function("max", [.any], rest: .any) { .int64($0.arguments.map(Cast.integer).max() ?? 0) },
        function("biggest", [.any], rest: .any) { .int64($0.arguments.map(Cast.integer).max() ?? 0) },
        function("min", [.any], rest: .any) { .int64($0.arguments.map(Cast.integer).min() ?? 0) },
        function("maxf", [.any], rest: .any) { .float($0.arguments.map(Cast.double).max() ?? 0) },
        function("minf", [.any], rest: .any) { .float($0.arguments.map(Cast.double).min() ?? 0) },
        function("ceil", [.any]) { .float(Cast.double($0[0]).rounded(.up)) },
        function("floor", [.any]) { .float(Cast.double($0[0]).rounded(.down)) },
        function("round", [.any, .int], rest: .float) { call in
            let half = call.arguments.count > 2 ? Cast.double(call[2]) : 0.5
            let power = pow(10, Double(call.int(1)))
            let digit = power * Cast.double(call[0])
            let part = digit - digit.rounded(.towardZero)
            return .float((part >= half ? digit.rounded(.up) : digit.rounded(.down)) / power)
        },
        function("add1f", [.any]) { .float(try Decimal.of($0[0]).adding(.one).double) },
        function("addf", rest: .any) { try fold(.zero, $0.arguments[...]) { try $0.adding($1) } },
        function("subf", [.any], rest: .any) {
            try fold(Decimal.of($0[0]), $0.arguments.dropFirst()) { try $0.adding($1.negated) }
        },
        function("mulf", [.any], rest: .any) {
            try fold(Decimal.of($0[0]), $0.arguments.dropFirst()) { $0.multiplied(by: $1) }
        },
        function("divf", [.any], rest: .any) {
            try fold(Decimal.of($0[0]), $0.arguments.dropFirst()) { try $0.divided(by: $1) }
        },
    ]

    private static func fold(
        _ start: Decimal, _ values: ArraySlice<GoValue>, _ step: (Decimal, Decimal) throws -> Decimal
    ) throws -> GoValue {
        .float(try values.reduce(start) { try step($0, Decimal.of($1)) }.double)
    }

    private static func divided(
        _ call: borrowing FunctionCall, _ part: KeyPath<(quotient: Int64, remainder: Int64), Int64>
    ) throws -> Int64 {
        let (dividend, divisor) = (Cast.integer(call[0]), Cast.integer(call[1]))
        if divisor == 0 { throw FunctionFailure("runtime error: integer divide by zero") }
        if divisor == -1 { return (quotient: 0 &- dividend, remainder: Int64(0))[keyPath: part] }
        return dividend.quotientAndRemainder(dividingBy: divisor)[keyPath: part]
    }
}
