import GoLibrary

extension TemplateRun {
    // MARK: Pipelines

    func assign(_ name: String, _ value: GoValue) throws {
        guard let index = frame.variables.lastIndex(where: { $0.name == name }) else {
            throw problem("undefined variable: \(name)")
        }
        frame.variables[index].value = value
    }

    func evaluate(_ pipeline: Pipeline, _ dot: GoValue) throws -> GoValue {
        frame.place = .pipeline(pipeline)
        var result: GoValue?
        for command in pipeline.commands { result = try evaluate(command, dot, last: result).unwrapped }
        let value = result ?? .missing
        for name in pipeline.variables {
            if pipeline.assigns { try assign(name, value) } else { frame.variables.append((name, value)) }
        }
        return value
    }

    private func evaluate(_ command: Command, _ dot: GoValue, last: GoValue?) throws -> GoValue {
        let first = command.operands[0]
        switch first.kind {
        case .field, .chain: return try evaluate(first, dot, command: command, last: last)
        case .variable(_, let names) where !names.isEmpty:
            return try evaluate(first, dot, command: command, last: last)
        case .function(let function):
            frame.place = .operand(first)
            return try call(function, command, dot, last)
        default:
            let hasArguments = command.operands.count > 1 || last != nil
            if case .pipeline = first.kind {} else { frame.place = .operand(first) }
            if hasArguments { throw problem("can't give argument to non-function \(first.text)") }
            if case .null = first.kind { throw problem("nil is not a command") }
            return try evaluate(first, dot)
        }
    }

    /// The value of an operand; `command` and `last` are what it is called with when it stands first.
    func evaluate(
        _ operand: TemplateOperand, _ dot: GoValue, command: Command? = nil, last: GoValue? = nil
    ) throws -> GoValue {
        if case .pipeline(let pipeline) = operand.kind { return try evaluate(pipeline, dot) }
        frame.place = .operand(operand)
        switch operand.kind {
        case .dot: return dot
        case .field(let names): return try follow(names, from: dot, operand, dot, command, last)
        case .variable(let name, let names):
            guard let variable = frame.variables.last(where: { $0.name == name }) else {
                throw problem("undefined variable: \(name)")
            }
            return names.isEmpty
                ? variable.value : try follow(names, from: variable.value, operand, dot, command, last)
        case .chain(let inner, let names):
            if case .null = inner.kind { throw problem("indirection through explicit nil in \(operand.text)") }
            let value: GoValue
            if case .function(let function) = inner.kind {
                value = try call(function, operandsOnly(inner), dot, nil)
            } else {
                value = try evaluate(inner, dot)
            }
            return try follow(names, from: value, operand, dot, command, last)
        case .function(let function): return try call(function, operandsOnly(operand), dot, nil)
        case .bool(let value), .constant(let value): return value
        case .hugeInteger: throw problem("\(operand.source) overflows int")
        case .null, .pipeline: return .missing
        }
    }

    private func operandsOnly(_ operand: TemplateOperand) -> Command {
        let command = Command(position: operand.position)
        command.operands = [operand]
        return command
    }

    // MARK: Fields and methods

    private func follow(
        _ path: [String], from start: GoValue, _ operand: TemplateOperand, _ dot: GoValue, _ command: Command?, _ last: GoValue?
    ) throws -> GoValue {
        var value = start
        for (index, name) in path.enumerated() {
            let isLast = index == path.count - 1
            let hasArguments = isLast && ((command?.operands.count ?? 1) > 1 || last != nil)
            switch value.content {
            case .missing:
                if missingKey == .error { throw problem("nil data; no entry for key \(GoText.quoted(name))") }
                return .missing
            case .null: throw problem("nil pointer evaluating interface {}.\(name)")
            case .map(let map) where value.isValues && valuesMethods?.hasMethod(name) == true:
                guard let methods = valuesMethods?.make(map) else { throw problem("\(name) is not a method") }
                value = try member(methods, name, value, isLast ? command : nil, dot, isLast ? last : nil)
            case .map(let map):
                if hasArguments { throw problem("\(name) is not a method but has arguments") }
                value = try member(map, name)
            case .object(let object):
                value = try member(object, name, value, isLast ? command : nil, dot, isLast ? last : nil)
            default: throw problem("can't evaluate field \(name) in type \(value.typeName())")
            }
        }
        return value
    }

    private func member(_ map: GoMap, _ name: String) throws -> GoValue {
        if let member = map[name] { return member }
        switch missingKey {
        case .invalid: return .missing
        case .zero: return map.element == .any ? GoValue(.null, isInterface: true) : .string("")
        case .error: throw problem("map has no entry for key \(GoText.quoted(name))")
        }
    }

    private func member(
        _ object: any GoObject, _ name: String, _ value: GoValue, _ command: Command?, _ dot: GoValue, _ last: GoValue?
    ) throws -> GoValue {
        do {
            if object.hasMethod(name) {
                var arguments = try command?.operands.dropFirst().map { try evaluate($0, dot) } ?? []
                if let last { arguments.append(last) }
                if let command { frame.place = .command(command) }
                return try object.call(name, arguments.map { GoValue($0.content, trace: $0.trace) })
            }
            if let field = try object.field(name) {
                guard (command?.operands.count ?? 1) == 1, last == nil else {
                    throw problem("\(name) has arguments but cannot be invoked as function")
                }
                return field
            }
        } catch let failure as FunctionFailure {
            throw problem("error calling \(name): \(failure.message)", cause: failure.cause)
        }
        throw problem("can't evaluate field \(name) in type \(value.typeName())")
    }

    // MARK: Functions

    private func call(_ function: TemplateFunction, _ command: Command, _ dot: GoValue, _ last: GoValue?) throws
        -> GoValue
    {
        let operands = command.operands.dropFirst()
        let count = operands.count + (last == nil ? 0 : 1)
        let least = function.parameters.count
        if function.rest != nil ? count < least : count != least {
            let given = function.rest != nil ? operands.count : count
            let words = "\(function.rest != nil ? "at least " : "")\(least) got \(given)"
            throw problem("wrong number of args for \(function.name): want \(words)")
        }
        if function.isBuiltin, function.name == "and" || function.name == "or" {
            return try combine(function.name == "or", operands, dot, last)
        }
        var arguments: [GoValue] = []
        arguments.reserveCapacity(count)
        for operand in operands {
            arguments.append(try argument(operand, function.parameter(arguments.count), dot))
        }
        if let last { arguments.append(try check(last, function.parameter(arguments.count))) }
        // A function may take long, as one that makes a key.
        if isCancelled() { throw problem("the evaluation was cancelled") }
        do {
            var result = try function.body(FunctionCall(arguments: arguments, run: self, command: command))
            if case .string(let text) = result.content { try charge(text.utf8.count) }
            if keepsOrigins, function.origin != .own {
                result.trace = OriginSearch.trace(result, arguments, function.origin)
            }
            return result
        } catch let failure as FunctionFailure {
            frame.place = .command(command)
            throw problem("error calling \(function.name): \(failure.message)", cause: failure.cause)
        }
    }

    /// `and` and `or` stop at the first operand that decides.
    private func combine(
        _ isOr: Bool, _ operands: ArraySlice<TemplateOperand>, _ dot: GoValue, _ last: GoValue?
    ) throws -> GoValue {
        var value = GoValue.missing
        for operand in operands {
            value = try evaluate(operand, dot)
            if value.isTrue == isOr { return value }
        }
        return last ?? value
    }

    /// The value of an argument, as a parameter of that type takes it.
    private func argument(_ operand: TemplateOperand, _ parameter: TemplateFunction.Parameter, _ dot: GoValue) throws -> GoValue {
        switch operand.kind {
        case .null:
            frame.place = .operand(operand)
            if parameter.canBeNil { return .missing }
            throw problem("cannot assign nil to \(parameter.typeName)")
        case .bool(let value), .constant(let value):
            frame.place = .operand(operand)
            return try constant(value, operand, parameter)
        default: return try check(try evaluate(operand, dot), parameter)
        }
    }

    private func constant(
        _ value: GoValue, _ operand: TemplateOperand, _ parameter: TemplateFunction.Parameter
    ) throws -> GoValue {
        func expected(_ what: String) -> TemplateProblem { problem("expected \(what); found \(operand.source)") }
        switch (parameter, value.content) {
        case (.any, _): return value
        case (.string, .string), (.string, .bytes), (.bool, .bool): return value
        case (.float, .float): return value
        case (.float, .integer(let number, _)): return .float(Double(number))
        case (.int, .integer), (.int64, .integer): return value
        case (.int, .float(let number)), (.int64, .float(let number)):
            guard let integer = Int64(exactly: number) else { throw expected("integer") }
            return .int(Int(integer))
        case (.string, _): throw expected("string")
        case (.bool, _): throw expected("bool")
        case (.float, _): throw expected("float")
        case (.int, _), (.int64, _): throw expected("integer")
        default: throw problem("can't handle \(operand.source) for arg of type \(parameter.typeName)")
        }
    }

    /// A value as a parameter of that type takes it.
    private func check(_ value: GoValue, _ parameter: TemplateFunction.Parameter) throws -> GoValue {
        if case .any = parameter { return value }
        if value.isMissing {
            if parameter.canBeNil { return value }
            throw problem("invalid value; expected \(parameter.typeName)")
        }
        let fits =
            switch (parameter, value.content) {
            case (.string, .string), (.string, .bytes), (.bool, .bool), (.float, .float): true
            case (.named(let name), .object(let object)): object.typeName == name
            case (.int, .integer(_, .int)), (.int64, .integer(_, .int64)): true
            case (.map, .map(let map)): map.element == .any
            case (.list, .list(let list)): list.element == .any
            case (.strings, .list(let list)): list.element == .string
            case (.map, .null) where !value.isInterface, (.list, .null) where !value.isInterface: true
            default: false
            }
        if fits {
            // What takes a plain map has forgotten the name of its type.
            var plain = value
            plain.isValues = false
            return plain
        }
        throw problem(
            "wrong type for value; expected \(parameter.typeName); got \(value.typeName(dynamic: !value.isNil))")
    }
}

extension TemplateFunction.Parameter {
    var typeName: String {
        switch self {
        case .any: "interface {}"
        case .string: "string"
        case .int: "int"
        case .int64: "int64"
        case .bool: "bool"
        case .float: "float64"
        case .map: "map[string]interface {}"
        case .list: "[]interface {}"
        case .strings: "[]string"
        case .named(let name): name
        }
    }

    var canBeNil: Bool {
        switch self {
        case .any, .map, .list, .strings: true
        default: false
        }
    }
}
