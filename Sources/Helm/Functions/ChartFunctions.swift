import GoLibrary
import GoTemplate
import Text

/// The functions that Helm adds: `include`, `tpl`, `required`, `fail` and `lookup`.
enum ChartFunctions {
    static let all: [TemplateFunction] = [
        function("include", [.string, .any], origin: .own) { call in
            let name = call.text(0)
            let run = call.run
            guard let state = run.owner as? RenderState else { throw FunctionFailure("no chart") }
            guard let body = run.set[name] else {
                throw FunctionFailure("template: no template \(GoText.quoted(name)) associated with template \"gotpl\"")
            }
            if state.included[name, default: 0] > recursionLimit {
                throw FunctionFailure(
                    "rendering template has a nested reference name: \(name): unable to execute template")
            }
            state.included[name, default: 0] += 1
            defer { state.included[name, default: 0] -= 1 }
            return try execute(body, call[1], run) { "" }
        },
        function("tpl", [.string, .any], origin: .own) { try tpl($0) },
        function("required", [.string, .any], origin: .own) { call in
            let isEmpty = if case .string(let text) = call[1].content { text.isEmpty } else { call[1].isNil }
            if isEmpty { throw Refusal.failure(call.text(0)) }
            return call[1]
        },
        function("fail", [.string]) { throw Refusal.failure($0.text(0)) },
        function("lookup", [.string, .string, .string, .string], origin: .own) { lookup($0) },
        function("getHostByName", [.string]) { _ in .string("") },
    ]

    /// As often may a template include itself.
    private static let recursionLimit = 1000

    private static func execute(
        _ body: TemplateBody, _ data: GoValue, _ run: TemplateRun, prefix: () -> String
    ) throws -> GoValue {
        do {
            let (bytes, trace) = try run.execute(body, GoValue(data.content, trace: data.trace))
            var result = GoValue.text(bytes)
            result.trace = trace
            return result
        } catch let problem as TemplateProblem {
            throw FunctionFailure(prefix() + problem.message, cause: problem)
        }
    }

    private static func tpl(_ call: borrowing FunctionCall) throws -> GoValue {
        let run = call.run
        let bytes = call[0].asBytes ?? []
        // Without an action the text stays what it is.
        if StringFunctions.find(action, in: bytes, from: 0) == nil { return withoutNoValue(call[0]) }
        guard let state = run.owner as? RenderState else { throw FunctionFailure("no chart") }
        let outer = run.set
        let templates: [TemplateBody]
        do throws(TemplateProblem) { templates = try self.templates(bytes, call[0], outer, state) } catch {
            throw FunctionFailure("cannot parse template \(GoText.quoted(call.text(0))): \(error.message)", cause: error)
        }
        let inner = outer.adding(templates)
        run.set = inner
        defer { run.set = outer }
        guard let body = inner["gotpl"] else { return .string("") }
        let text = call.text(0)
        let result = try execute(body, call[1], run) { "error during tpl function execution for \(GoText.quoted(text)): " }
        return withoutNoValue(result)
    }

    /// The templates of a text; charts give the same texts again and again.
    private static func templates(
        _ bytes: [UInt8], _ text: GoValue, _ set: TemplateSet, _ state: RenderState
    ) throws(TemplateProblem) -> [TemplateBody] {
        // What the places of a text are is written into its templates.
        guard text.trace == nil, bytes.count <= longestKept, case .string(let own) = text.content else {
            return try set.templates(of: TemplateSource(name: "gotpl", bytes: bytes, trace: text.trace))
        }
        let key = ExactText(own)
        if let known = state.parsedTexts[key] { return known }
        let templates = try set.templates(of: TemplateSource(name: "gotpl", bytes: bytes))
        if state.parsedTexts.count >= 256 { state.parsedTexts.removeAll() }
        state.parsedTexts[key] = templates
        return templates
    }

    private static let action = Array("{{".utf8)
    private static let longestKept = 64 << 10

    private static func withoutNoValue(_ value: GoValue) -> GoValue {
        guard let bytes = value.asBytes, StringFunctions.find(NoValue.mark, in: bytes, from: 0) != nil else { return value }
        let (text, trace) = NoValue.removed(bytes, value.trace)
        var result = GoValue.text(text)
        result.trace = trace
        return result
    }

    private static func lookup(_ call: borrowing FunctionCall) -> GoValue {
        guard let state = call.run.owner as? RenderState, !state.cluster.isEmpty else { return .map(GoMap()) }
        let (version, kind, namespace, name) = (call.text(0), call.text(1), call.text(2), call.text(3))
        let found = state.cluster.filter { object in
            let metadata = object["metadata"]?.asMap
            return object["apiVersion"]?.asString == version && object["kind"]?.asString == kind
                && (namespace.isEmpty || metadata?["namespace"]?.asString == namespace)
                && (name.isEmpty || metadata?["name"]?.asString == name)
        }
        if !name.isEmpty { return found.first.map { .map($0) } ?? .map(GoMap()) }
        if found.isEmpty { return .map(GoMap()) }
        return .map(
            GoMap([
                ("apiVersion", .string(version)), ("kind", .string(kind + "List")),
                ("items", .list(found.map { .map($0) })),
            ]))
    }
}

/// A failure that the author of a chart asked for with `fail` or `required`: its text alone is the message.
enum Refusal {
    static let mark = "HELM_ERR_START"
    static let end = "HELM_ERR_END"

    static func failure(_ text: String) -> FunctionFailure { FunctionFailure(mark + text + end) }

    /// The author's text in a message.
    static func text(in message: String) -> String? {
        guard let start = message.firstRange(of: mark), let end = message[start.upperBound...].firstRange(of: end)
        else { return nil }
        return String(message[start.upperBound..<end.lowerBound])
    }
}

/// Takes out what Go prints for a missing value.
enum NoValue {
    static let mark = Array("<no value>".utf8)

    static func removed(_ bytes: [UInt8], _ trace: Trace?) -> ([UInt8], Trace?) {
        var output: [UInt8] = []
        var cuts: [Int] = []
        var position = 0
        while let place = StringFunctions.find(mark, in: bytes, from: position) {
            output += bytes[position..<place]
            cuts.append(place)
            position = place + mark.count
        }
        if cuts.isEmpty { return (bytes, trace) }
        output += bytes[position...]
        return (output, trace.map { Trace(moved($0.segments, cuts)) })
    }

    /// Segments, which are in order, after what begins at the cuts is gone.
    private static func moved(_ segments: [TraceSegment], _ cuts: [Int]) -> [TraceSegment] {
        var passed = 0
        return segments.map { segment in
            while passed < cuts.count, cuts[passed] + mark.count <= segment.start { passed += 1 }
            var segment = segment
            let partly = passed < cuts.count ? max(0, segment.start - cuts[passed]) : 0
            segment.start -= passed * mark.count + partly
            return segment
        }
    }
}
