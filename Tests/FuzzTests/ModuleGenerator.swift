import RegoRuntime

/// Makes modules that mostly compile: rules of every kind over each other, input and data, with variables in scope.
struct ModuleGenerator {
    var random: SeededRandom
    let builtins: [Builtin]
    /// Variables that stand for a value here.
    private var variables: [String] = []
    private var count = 0
    private var ruleCount = 0

    init(random: SeededRandom, builtins: [Builtin]) {
        self.random = random
        self.builtins = builtins.filter {
            $0.infix == nil && !$0.name.hasPrefix("internal.") && !$0.isDeprecated && !$0.isNondeterministic && $0.result != nil
                && !$0.isRelation && !$0.name.hasPrefix("io.jwt") && !$0.name.hasPrefix("rego.") && !$0.name.hasPrefix("crypto")
        }
    }

    mutating func module() -> String {
        ruleCount = 3 + random.below(6)
        var text = "package fuzz\n\n"
        if random.once(in: 4) { text += "import data.base\nimport input.list as items\n\n" }
        for index in 0..<ruleCount { text += rule(index) + "\n\n" }
        return text
    }

    private mutating func fresh() -> String {
        count += 1
        return "x\(count)"
    }

    private mutating func rule(_ index: Int) -> String {
        variables = []
        switch index % 6 {
        case 0:
            let start = random.once(in: 3) ? "default r\(index) := \(scalar())\n\n" : ""
            let body = body(2)
            return start + "r\(index) := \(term(2)) if {\n\(body)}" + (random.once(in: 3) ? " else := \(scalar())" : "")
        case 1:
            let body = body(2)
            return "r\(index) contains \(term(2)) if {\n\(body)}"
        case 2:
            let body = body(2)
            return "r\(index)[\(term(1))] := \(term(2)) if {\n\(body)}"
        case 3:
            variables = ["a", "b"]
            let body = body(1)
            return "r\(index)(a, b) := \(term(2)) if {\n\(body)}"
        case 4:
            let body = body(2)
            return "r\(index).part[\(term(1))] contains \(term(1)) if {\n\(body)}"
        default:
            let body = body(3)
            return "r\(index) if {\n\(body)}"
        }
    }

    /// Lines of a body; variables it declares stay in scope for the head.
    private mutating func body(_ depth: Int) -> String {
        (0..<(1 + random.below(3))).map { _ in "\t" + statement(depth) + "\n" }.joined()
    }

    private mutating func statement(_ depth: Int) -> String {
        let plain: String
        switch random.below(12) {
        case 0, 1:
            let value = term(depth), name = fresh()
            variables.append(name)
            plain = "\(name) := \(value)"
        case 2, 3:
            let domain = collection(depth), name = fresh()
            variables.append(name)
            plain = "some \(name) in \(domain)"
        case 4:
            let domain = collection(depth), key = fresh(), name = fresh()
            variables += [key, name]
            plain = "some \(key), \(name) in \(domain)"
        case 5:
            let domain = collection(depth), name = fresh(), outer = variables
            variables.append(name)
            let inner = "\(name) != \(term(1))"
            variables = outer
            plain = "every \(name) in \(domain) { \(inner) }"
        case 6: plain = "not \(comparison(depth))"
        case 7: plain = "\(term(depth)) in \(collection(depth))"
        case 8: plain = "\(reference(depth)) = \(term(depth))"
        default: plain = comparison(depth)
        }
        guard random.once(in: 8) else { return plain }
        return plain
            + " with \(random.pick(["input", "input.list", "input.o.k", "data.base", "data.fuzz.r0", "count"])) as \(scalar())"
    }

    private mutating func comparison(_ depth: Int) -> String {
        "\(term(depth)) \(random.pick(["==", "!=", "<", "<=", ">", ">="])) \(term(depth))"
    }

    private mutating func scalar() -> String {
        switch random.below(6) {
        case 0: return "null"
        case 1: return random.pick(["true", "false"])
        case 2: return random.pick(OddScalars.numbers.filter { !$0.contains("9999") })
        case 3: return "\(random.below(4))"
        default: return random.pick(["\"a\"", "\"b\"", "\"k\"", "\"é\"", "`raw`", "\"\"", "\"x y\"", "\"1\""])
        }
    }

    private mutating func reference(_ depth: Int) -> String {
        var text = random.pick([
            "input", "input.list", "input.o", "data.base", "data.base.list", "data.fuzz", "r0", "r1", "r2", "r4", "r5",
        ])
        if text.hasPrefix("r"), Int(text.dropFirst())! >= ruleCount { text = "input" }
        for _ in 0..<random.below(3) {
            switch random.below(4) {
            case 0: text += ".\(random.pick(["k", "list", "o", "part"]))"
            case 1: text += "[_]"
            case 2: text += "[\(depth > 0 ? term(depth - 1) : scalar())]"
            default: text += "[\(random.below(3))]"
            }
        }
        return text
    }

    private mutating func collection(_ depth: Int) -> String {
        guard depth > 0, random.once(in: 2) else { return reference(0) }
        return composite(depth)
    }

    private mutating func composite(_ depth: Int) -> String {
        let items = (0..<random.below(4)).map { _ in term(depth - 1) }
        switch random.below(6) {
        case 0: return "[\(items.joined(separator: ", "))]"
        case 1: return items.isEmpty ? "set()" : "{\(items.joined(separator: ", "))}"
        case 2: return "{\(items.map { "\(scalar()): \($0)" }.joined(separator: ", "))}"
        default: return comprehension(depth)
        }
    }

    private mutating func comprehension(_ depth: Int) -> String {
        let outer = variables
        defer { variables = outer }
        let body = (0..<(1 + random.below(2))).map { _ in statement(depth - 1) }.joined(separator: "; ")
        switch random.below(3) {
        case 0: return "[\(term(depth - 1)) | \(body)]"
        case 1: return "{\(term(depth - 1)) | \(body)}"
        default: return "{\(term(depth - 1)): \(term(depth - 1)) | \(body)}"
        }
    }

    mutating func term(_ depth: Int) -> String {
        if depth <= 0 { return variables.isEmpty || random.once(in: 2) ? scalar() : random.pick(variables) }
        switch random.below(10) {
        case 0, 1: return scalar()
        case 2, 3: return variables.isEmpty ? scalar() : random.pick(variables)
        case 4: return reference(depth - 1)
        case 5: return composite(depth)
        case 6: return "(\(term(depth - 1)) \(random.pick(["+", "-", "*", "/", "%", "|", "&"])) \(term(depth - 1)))"
        case 7: return "$\"a{\(variables.isEmpty ? "input.o" : random.pick(variables))}\""
        case 8 where ruleCount > 3: return "r3(\(term(depth - 1)), \(term(depth - 1)))"
        default:
            let builtin = random.pick(builtins)
            return "\(builtin.name)(\(builtin.arguments.map { argument($0, depth - 1) }.joined(separator: ", ")))"
        }
    }

    private mutating func argument(_ type: RegoType, _ depth: Int) -> String {
        if !variables.isEmpty, random.once(in: 3) { return random.pick(variables) }
        switch type {
        case .string:
            return random.pick([
                "\"a\"", "\"%v\"", "\"a.b\"", "\"[a]\"", "\"2024-01-01\"", "\"é\"", "\"10.0.0.0/8\"", "\"1.2.3\"",
            ])
        case .number: return random.pick(["0", "1", "-1", "2.5", "10", "1e20"])
        case .boolean: return random.pick(["true", "false"])
        case .null: return "null"
        case .array(let leading, let rest):
            let items = leading.map { argument($0, depth - 1) }
            return "[\((items + (rest.map { [argument($0, depth - 1)] } ?? [])).joined(separator: ", "))]"
        case .set(let element): return "{\(argument(element, depth - 1))}"
        case .object(let properties, let rest):
            let items = properties.map { "\"\($0.key)\": \(argument($0.type, depth - 1))" }
            return
                "{\((items + (rest.map { ["\(argument($0.key, depth - 1)): \(argument($0.value, depth - 1))"] } ?? [])).joined(separator: ", "))}"
        case .union(let options) where !options.isEmpty: return argument(random.pick(options), depth)
        case .any, .union: return term(depth)
        }
    }
}
