import Documents
import GoLibrary
import GoTemplate

/// Checks values against a JSON Schema, with the words of the library that Helm uses.
struct SchemaCheck {
    /// What is wrong at a place, and what led to it.
    struct Fault {
        var place: [String]
        var message: String
        var causes: [Fault] = []

        /// The lines of the fault and its causes.
        func lines(_ depth: Int = 0) -> [String] {
            let path = place.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
            let head = String(repeating: "  ", count: depth) + "- at '\(path)': \(message)"
            return [head] + causes.flatMap { $0.lines(depth + 1) }
        }
    }

    let document: SchemaDocument
    private var patterns: [String: GoRegex] = [:]
    private var steps = 0

    /// Comparisons that one check may take.
    private static let stepLimit = 2_000_000

    init(_ document: SchemaDocument) { self.document = document }

    mutating func faults(_ value: GoValue) throws -> [Fault] { try check(value, document.root, [], depth: 0).faults }

    /// What was looked at, for `unevaluatedProperties` and `unevaluatedItems`.
    struct Outcome {
        var faults: [Fault] = []
        var properties: Set<String> = []
        var items = 0

        mutating func add(_ other: Outcome) {
            properties.formUnion(other.properties)
            items = max(items, other.items)
        }
    }

    mutating func check(_ value: GoValue, _ schema: GoValue, _ place: [String], depth: Int) throws -> Outcome {
        steps += 1
        if depth > 200 || steps > Self.stepLimit {
            throw HelmProblem("values.schema.json: the schema takes too long to check")
        }
        if case .bool(let flag) = schema.content {
            return Outcome(faults: flag ? [] : [Fault(place: place, message: "false schema")])
        }
        guard let map = schema.asMap else { return Outcome() }
        var outcome = Outcome()
        if let reference = (map["$ref"] ?? map["$dynamicRef"])?.asString {
            guard let target = document.resolve(reference) else {
                throw HelmProblem(
                    "values.schema.json: the reference \(GoText.quoted(reference)) leads out of the file; nothing is fetched"
                )
            }
            let inner = try check(value, target, place, depth: depth + 1)
            outcome.faults += inner.faults
            outcome.add(inner)
        }
        func fail(_ message: String) { outcome.faults.append(Fault(place: place, message: message)) }
        checkType(value, map, fail)
        if let options = map["enum"]?.items, !options.contains(where: { Self.equal($0, value) }) {
            fail(
                "value must be " + (options.count == 1 ? "" : "one of ")
                    + options.map(Self.shown).joined(separator: ", "))
        }
        if let constant = map["const"], !Self.equal(constant, value) { fail("value must be \(Self.shown(constant))") }
        switch value.content {
        case .string(let text): try checkText(text, map, fail)
        case .integer, .float: Self.checkNumber(Cast.double(value), map, fail)
        case .list(let list): try checkItems(list.items, map, place, depth, &outcome)
        case .map(let members): try checkMembers(members, map, place, depth, &outcome)
        default: break
        }
        try checkGroups(value, map, place, depth, &outcome)
        try checkUnevaluated(value, map, place, depth, &outcome)
        return outcome
    }

    // MARK: Scalars

    private func checkType(_ value: GoValue, _ map: GoMap, _ fail: (String) -> Void) {
        guard let type = map["type"] else { return }
        let wanted = type.items?.compactMap(\.asString) ?? [type.asString ?? ""]
        let actual = Self.typeName(value)
        let fits = wanted.contains { $0 == actual || $0 == "integer" && actual == "number" && Self.isWhole(value) }
        if !fits { fail("got \(actual), want \(wanted.joined(separator: " or "))") }
    }

    static func typeName(_ value: GoValue) -> String {
        switch value.content {
        case .bool: "boolean"
        case .integer, .float, .numberText: "number"
        case .string, .bytes: "string"
        case .list: "array"
        case .map: "object"
        default: "null"
        }
    }

    private static func isWhole(_ value: GoValue) -> Bool {
        if case .float(let number) = value.content { return number == number.rounded() && number.isFinite }
        return true
    }

    static func equal(_ left: GoValue, _ right: GoValue) -> Bool {
        switch (left.content, right.content) {
        case (.integer, .float), (.float, .integer): return Cast.double(left) == Cast.double(right)
        case (.integer(let a, _), .integer(let b, _)): return a == b
        case (.list(let a), .list(let b)):
            return a.items.count == b.items.count && zip(a.items, b.items).allSatisfy(equal)
        case (.map(let a), .map(let b)): return a.keys == b.keys && zip(a.values, b.values).allSatisfy(equal)
        default: return DeepEquality.equal(left, right)
        }
    }

    static func shown(_ value: GoValue) -> String {
        if let text = value.asString { return quoted(text) }
        return (try? JSONForm.text(value)) ?? GoPrint.text(value)
    }

    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "\\'") + "'" }

    private mutating func checkText(_ text: String, _ map: GoMap, _ fail: (String) -> Void) throws {
        let count = text.unicodeScalars.count
        if let least = map["minLength"].map(Cast.double), Double(count) < least {
            fail("minLength: got \(count), want \(Self.number(least))")
        }
        if let most = map["maxLength"].map(Cast.double), Double(count) > most {
            fail("maxLength: got \(count), want \(Self.number(most))")
        }
        if let pattern = map["pattern"]?.asString, try !regex(pattern).matches(Array(text.utf8)) {
            fail("\(Self.quoted(text)) does not match pattern \(Self.quoted(pattern))")
        }
        if document.assertsFormats, let format = map["format"]?.asString, !SchemaFormats.fits(text, format) {
            fail("\(Self.quoted(text)) is not valid \(format)")
        }
    }

    mutating func regex(_ pattern: String) throws -> GoRegex {
        if let known = patterns[pattern] { return known }
        do throws(GoRegex.Problem) {
            let regex = try GoRegex(pattern)
            patterns[pattern] = regex
            return regex
        } catch {
            throw HelmProblem(
                "values.schema.json: the pattern \(GoText.quoted(pattern)) cannot be used: \(error.message)")
        }
    }

    static func number(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : FloatText.plain(number)
    }

    private static func decimal(_ number: Double) -> NumberText.Decimal { NumberText.Decimal(Array("\(number)".utf8)) }

    private static func checkNumber(_ value: Double, _ map: GoMap, _ fail: (String) -> Void) {
        func bound(_ key: String, _ isBroken: (Double) -> Bool) {
            guard let limit = map[key], !limit.isNil, limit.asString == nil else { return }
            if case .bool = limit.content { return }
            if isBroken(Cast.double(limit)) { fail("\(key): got \(number(value)), want \(number(Cast.double(limit)))") }
        }
        // In draft 4 the exclusive bounds are flags beside the others.
        let isAbove =
            map["exclusiveMinimum"].map { if case .bool(let flag) = $0.content { flag } else { false } } ?? false
        let isBelow =
            map["exclusiveMaximum"].map { if case .bool(let flag) = $0.content { flag } else { false } } ?? false
        bound("minimum") { isAbove ? value <= $0 : value < $0 }
        bound("maximum") { isBelow ? value >= $0 : value > $0 }
        bound("exclusiveMinimum") { value <= $0 }
        bound("exclusiveMaximum") { value >= $0 }
        // Decimals count as they are written: 1.4 is a multiple of 0.1.
        bound("multipleOf") { $0 > 0 && value.isFinite && !decimal(value).isMultiple(of: decimal($0)) }
    }
}

extension NumberText.Decimal {
    /// Whether this is a whole multiple of another number, exactly; false where that is zero or has more than 36 digits.
    func isMultiple(of other: Self) -> Bool {
        if other.digits.isEmpty || other.digits.count > 36 { return false }
        // Both are kept without trailing zeros: what has smaller units is no multiple of what has larger ones.
        var zeros = (exponent - digits.count) - (other.exponent - other.digits.count)
        if digits.isEmpty || zeros < 0 { return digits.isEmpty }
        let divisor = other.digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1) }
        var rest = digits.reduce(UInt128(0)) { ($0 * 10 + UInt128($1)) % divisor }
        // More zeros have no more factors in common with the divisor.
        zeros = min(zeros, 128)
        while zeros > 0, rest != 0 {
            rest = rest * 10 % divisor
            zeros -= 1
        }
        return rest == 0
    }
}
