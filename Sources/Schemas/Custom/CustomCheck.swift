import Documents

/// Compares a value with a structural schema, as the API server validates custom resources. The value is taken as it is:
/// null is there, also for what is required; `Defaulting` drops what the server drops.
struct CustomCheck {
    let inspection: Inspection
    /// The places where the value has another type than it should.
    private(set) var causes: [DocumentPath] = []

    init(_ inspection: Inspection) { self.inspection = inspection }

    /// Checks a value at a place of the object.
    mutating func check(_ node: Node, _ shape: CustomShape) {
        if inspection.isFull || !inspection.spend() { return }
        let value = node.value
        guard hasType(value, shape) else { return mistyped(node, shape) }
        if let values = shape.values, !values.contains(value) { return unsupported(node, values) }
        // Of null, the server asks nothing but the type and the values that are allowed.
        if value.kind == .null { return }
        switch value.kind {
        case .string: checkText(node, shape)
        case .int, .decimal: checkNumber(node, shape)
        case .array: checkList(node, shape)
        case .object: checkObject(node, shape)
        default: break
        }
        checkCombinations(node, shape)
    }

    // MARK: Types

    private func hasType(_ value: Value, _ shape: CustomShape) -> Bool {
        if value.kind == .null, shape.isNullable { return true }
        if shape.isIntOrString { return value.kind == .string || value.integerValue != nil && value.isNumber }
        if shape.types.isEmpty { return true }
        return shape.types.contains { type in
            switch type {
            case .object: value.kind == .object
            case .array: value.kind == .array
            case .string: value.kind == .string
            case .boolean: value.kind == .bool
            case .number: value.isNumber
            case .integer: value.isNumber && (value.integerValue != nil || Self.isWhole(value))
            case .null: value.kind == .null
            }
        }
    }

    /// Whole numbers beyond 64 bits have their own finding.
    private static func isWhole(_ value: Value) -> Bool {
        let number = NumberText.double(value)
        return number == number.rounded()
    }

    private mutating func mistyped(_ node: Node, _ shape: CustomShape) {
        causes.append(node.path)
        let (message, hint) = TypeExplanation.of(node, wanted: shape.stand)
        inspection.report(.wrongType, node.path, at: .value, message, hint: hint)
    }

    private func unsupported(_ node: Node, _ values: [Value]) {
        let allowed = values.map { $0.kind == .string ? $0.string : JSONWriter.string($0) }
        let similar = node.value.kind == .string ? Nearest.name(to: node.value.string, among: allowed) : nil
        inspection.report(
            .unsupportedValue, node.path, at: .value,
            "\(node.name) is \(Wording.shown(node.value)), but must be \(Wording.choice(allowed))",
            hint: similar.map { "write \($0)" })
    }

    // MARK: Scalars

    private func checkText(_ node: Node, _ shape: CustomShape) {
        let bytes = node.value.utf8
        if shape.limits.minLength != nil || shape.limits.maxLength != nil {
            let count = bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
            if let least = shape.limits.minLength, count < least {
                node.invalid("\(node.name) has \(count) characters, at least \(least) are needed")
            }
            if let most = shape.limits.maxLength, count > most {
                node.tooMany("\(node.name) has \(count) characters, \(most) at most are allowed")
            }
        }
        if let pattern = shape.pattern, !pattern.matches(bytes) {
            node.invalid("\(node.name) is \(Wording.quoted(node.text)), but must match \(pattern.text)")
        }
        if let format = shape.format, let problem = FormatRule.problem(bytes, format, inspection.release) {
            inspection.report(
                .wrongType, node.path, at: .value, "\(node.name) is \(Wording.quoted(node.text)), which is \(problem)")
        }
    }

    private func checkNumber(_ node: Node, _ shape: CustomShape) {
        let value = node.value
        let limits = shape.limits
        if let format = shape.format, let problem = FormatRule.problem(ofNumber: value, format) {
            return node.invalid("\(node.name) is \(Wording.shown(value)), which \(problem)")
        }
        if let least = limits.minimum {
            let order = NumberText.compare(value, least)
            if order < 0 || order == 0 && limits.isMinimumExclusive {
                node.invalid(
                    "\(node.name) is \(Wording.shown(value)), but must be \(limits.isMinimumExclusive ? "more than \(Wording.shown(least))" : "\(Wording.shown(least)) or more")"
                )
            }
        }
        if let most = limits.maximum {
            let order = NumberText.compare(value, most)
            if order > 0 || order == 0 && limits.isMaximumExclusive {
                node.invalid(
                    "\(node.name) is \(Wording.shown(value)), but must be \(limits.isMaximumExclusive ? "less than \(Wording.shown(most))" : "\(Wording.shown(most)) or less")"
                )
            }
        }
        if let step = limits.multipleOf, !Self.isMultiple(value, of: step) {
            node.invalid("\(node.name) is \(Wording.shown(value)), but must be a multiple of \(Wording.shown(step))")
        }
    }

    private static func isMultiple(_ value: Value, of step: Value) -> Bool {
        if let number = value.intValue, let divisor = step.intValue { return divisor == 0 || number % divisor == 0 }
        let number = NumberText.double(value), divisor = NumberText.double(step)
        // As go-openapi has it: fractions such as 0.1 have no exact value, and what is lost by that does not count.
        let quotient = divisor < 1 ? 1 / divisor * number : number / divisor
        if quotient == quotient.rounded() { return true }
        let whole = quotient.rounded(.towardZero)
        return quotient > 0 && abs(quotient - whole) / (quotient + whole) < 1e-9
    }

    // MARK: Collections

    private mutating func checkList(_ node: Node, _ shape: CustomShape) {
        let count = node.value.count
        if let least = shape.limits.minItems, count < least {
            node.invalid("\(node.name) has \(count) entries, at least \(least) are needed")
        }
        if let most = shape.limits.maxItems, count > most {
            node.tooMany("\(node.name) has \(count) entries, \(most) at most are allowed")
        }
        if let items = shape.items {
            for index in 0..<count { check(node.element(index), items) }
        }
        if shape.limits.hasUniqueItems, Set(node.value.elements).count < count {
            node.invalid("\(node.name) has an entry twice")
        }
    }

    private mutating func checkObject(_ node: Node, _ shape: CustomShape) {
        let value = node.value
        let count = value.count
        if let least = shape.limits.minProperties, count < least {
            node.invalid("\(node.name) has \(count) keys, at least \(least) are needed")
        }
        if let most = shape.limits.maxProperties, count > most {
            node.tooMany("\(node.name) has \(count) keys, \(most) at most are allowed")
        }
        for name in shape.required where value.field(named: name).isUndefined {
            node.child(named: name).missing("\(name) is required\(node.link < 0 ? "" : " in \(node.name)")")
        }
        for index in 0..<count {
            let child = node.child(at: index)
            if let field = shape.field(value.keys[index].string) {
                check(child, field)
            } else {
                checkAdditional(child, shape)
            }
        }
    }

    private mutating func checkAdditional(_ child: Node, _ shape: CustomShape) {
        switch shape.additional {
        case .shape(let element): check(child, element)
        case .forbidden: child.forbidden("\(child.name) may not be set: only the fields of the schema are allowed")
        case .none, .any: break
        }
    }

    // MARK: Combinations

    private mutating func checkCombinations(_ node: Node, _ shape: CustomShape) {
        for part in shape.allOf { check(node, part) }
        if !shape.anyOf.isEmpty, !shape.anyOf.contains(where: { passes(node, $0) }) {
            node.invalid("\(node.name) fits none of the alternatives of its schema\(nearMiss(node, shape.anyOf))")
        }
        if !shape.oneOf.isEmpty {
            let fitting = shape.oneOf.count { passes(node, $0) }
            if fitting == 0 {
                node.invalid("\(node.name) fits none of the alternatives of its schema\(nearMiss(node, shape.oneOf))")
            } else if fitting > 1 {
                node.invalid("\(node.name) fits \(fitting) alternatives of its schema, but may fit one only")
            }
        }
        if let not = shape.not, passes(node, not) {
            node.invalid("\(node.name) is what its schema excludes\(Self.exclusion(not))")
        }
    }

    private func passes(_ node: Node, _ shape: CustomShape) -> Bool { problems(node, shape).isEmpty }

    /// What is wrong with a value for one alternative; told to nobody.
    private func problems(_ node: Node, _ shape: CustomShape) -> [Fault] {
        let trial = inspection.trial()
        var check = CustomCheck(trial)
        check.check(Node(inspection: trial, value: node.value, link: -1), shape)
        return trial.faults
    }

    private func nearMiss(_ node: Node, _ alternatives: [CustomShape]) -> String {
        // Nobody reads what trials say, and alternatives inside alternatives would be tried again and again.
        if inspection.isTrial { return "" }
        let trials = alternatives.map { problems(node, $0) }
        guard let best = trials.min(by: { $0.count < $1.count }), best.count == 1 else {
            return Self.requirements(alternatives)
        }
        let others = Self.requirements(alternatives)
        return others.isEmpty ? "; the nearest: \(best[0].message)" : others
    }

    /// Alternatives that differ in what they require, in words.
    private static func requirements(_ alternatives: [CustomShape]) -> String {
        let lists = alternatives.map(\.required)
        guard lists.allSatisfy({ !$0.isEmpty }) else { return "" }
        return ": it needs \(Wording.choice(lists.map { $0.joined(separator: " and ") }))"
    }

    private static func exclusion(_ shape: CustomShape) -> String {
        shape.required.isEmpty ? "" : ": \(shape.required.joined(separator: " and ")) may not be set"
    }
}

extension CustomShape {
    /// A shape of the built-in kind with the same type, for words about types.
    var stand: Shape {
        if isIntOrString { return Shape(.intOrString) }
        switch types.first {
        case .object:
            if case .shape = additional { return Shape(.map) }
            return Shape(fields.isEmpty ? .map : .object)
        case .array:
            let shape = Shape(.array)
            shape.element = items?.stand
            return shape
        case .string: return Shape(.string)
        case .integer: return Shape(.int64)
        case .number: return Shape(.number)
        case .boolean: return Shape(.boolean)
        case .null, nil: return Shape(.any)
        }
    }
}

extension Node {
    func child(named name: String) -> Node {
        let key = inspection.key(name)
        return Node(
            inspection: inspection, value: isObject ? value.objectMember(key) : .undefined,
            link: inspection.link(link, key: key))
    }
}
