import GoLibrary

/// Runs templates as Go's `text/template` does.
package final class TemplateRun {
    /// What a member that a map does not have evaluates to (Go's option `missingkey`).
    package enum MissingKey { case invalid, zero, error }

    /// Bounds, so that no template costs unbounded time, memory or stack.
    package struct Limits: Sendable {
        /// Nodes run and turns of loops.
        package var steps = 20_000_000
        /// Bytes of one output.
        package var output = 10 << 20
        /// Bytes of all outputs together, those that functions ask for included.
        package var allOutput = Int.max
        /// Bytes of all texts and members of all collections made by functions.
        package var made = 1 << 30
        /// Templates inside of templates.
        package var depth = 2_000

        package init() {}
    }

    enum Flow { case next, breakLoop, continueLoop }

    /// The node that messages show.
    enum Place {
        case none
        case operand(TemplateOperand)
        case command(Command)
        case call(CallNode)
        case pipeline(Pipeline)

        var position: Int {
            switch self {
            case .none: 0
            case .operand(let operand): operand.position
            case .command(let command): command.position
            case .call(let call): call.position
            case .pipeline(let pipeline): pipeline.position
            }
        }

        var text: String {
            switch self {
            case .none: ""
            case .operand(let operand): operand.text
            case .command(let command): command.text
            case .call(let call): call.text
            case .pipeline(let pipeline): pipeline.text
            }
        }
    }

    package var set: TemplateSet
    package let limits: Limits
    package let missingKey: MissingKey
    /// Whether outputs and results remember where they come from.
    package let keepsOrigins: Bool
    /// Asked now and then whether the run must stop.
    package var isCancelled: () -> Bool = { false }
    /// What the functions of a run share; set by their owner.
    package var owner: AnyObject?
    /// Called with the source and offset of each node that runs, and of the word before each branch and template that is
    /// entered, for coverage.
    package var visit: ((TemplateSource, Int) -> Void)?

    /// What one execution of a template changes; saved while a function runs another.
    struct Frame {
        var output: [UInt8] = []
        var segments: [TraceSegment] = []
        var variables: [(name: String, value: GoValue)] = []
        var place = Place.none
        var body: TemplateBody
    }

    var frame: Frame
    private(set) var depth = 0
    private var steps = 0
    private var made = 0
    private var written = 0

    /// The methods of `common.Values`, which is a map for all else.
    package struct ValuesMethods: Sendable {
        let names: Set<String>
        let make: @Sendable (GoMap) -> any GoObject

        /// - Parameter make: an object of the map that has all methods named.
        package init(_ names: Set<String>, _ make: @escaping @Sendable (GoMap) -> any GoObject) {
            (self.names, self.make) = (names, make)
        }

        func hasMethod(_ name: String) -> Bool { names.contains(name) }
    }

    package var valuesMethods: ValuesMethods?

    package init(
        _ set: TemplateSet, missingKey: MissingKey = .zero, keepsOrigins: Bool = false, limits: Limits = Limits()
    ) {
        (self.set, self.missingKey, self.keepsOrigins, self.limits) = (set, missingKey, keepsOrigins, limits)
        frame = Frame(body: TemplateBody(name: "", nodes: [], source: TemplateSource(name: "", bytes: [])))
    }

    /// Runs a template of the set with `data` as dot.
    /// - Throws: `TemplateProblem`.
    package func execute(_ body: TemplateBody, _ data: GoValue) throws -> (bytes: [UInt8], trace: Trace?) {
        var inner = Frame(body: body)
        // A template is given what an interface holds.
        let data = data.unwrapped
        inner.variables = [("$", data)]
        swap(&frame, &inner)
        defer { swap(&frame, &inner) }
        try enter()
        defer { depth -= 1 }
        if let visit, let place = body.extent?.lowerBound { visit(body.source, place) }
        _ = try render(body.nodes, data)
        written += frame.output.count
        if written > limits.allOutput { throw problem("the outputs are larger than \(limits.allOutput >> 20) MB together") }
        return (frame.output, keepsOrigins ? Trace(frame.segments) : nil)
    }

    private func enter() throws {
        if depth >= limits.depth { throw problem("exceeded maximum template depth (\(limits.depth))") }
        depth += 1
    }

    /// A problem at the node that runs.
    package func problem(_ message: String, cause: TemplateProblem? = nil) -> TemplateProblem {
        let place = frame.body.source.place(frame.place.position)
        let text =
            "template: \(place.template):\(place.line):\(place.column ?? 0): executing \(GoText.quoted(frame.body.name))"
            + " at <\(frame.place.text)>: \(message)"
        return TemplateProblem(
            message: text, places: [place] + (cause?.places ?? []), reason: cause?.reason ?? message)
    }

    /// Counts work; every few hundred steps asks whether to stop.
    func countStep() throws {
        steps += 1
        if steps & 255 == 0, isCancelled() { throw problem("the evaluation was cancelled") }
        if steps > limits.steps { throw problem("the template takes more than \(limits.steps) steps") }
    }

    /// Counts bytes of text, or members of a collection, that a function is about to make.
    /// - Throws: `FunctionFailure` when they are more than a run may make.
    package func charge(_ count: Int) throws {
        made += count
        if made > limits.made || count > limits.made {
            throw FunctionFailure("the results are over the memory limit of \(limits.made >> 20) MB")
        }
    }

    // MARK: Nodes

    func render(_ nodes: [TemplateNode], _ dot: GoValue) throws -> Flow {
        for node in nodes {
            let flow = try render(node, dot)
            if flow != .next { return flow }
        }
        return .next
    }

    private func render(_ node: TemplateNode, _ dot: GoValue) throws -> Flow {
        try countStep()
        switch node {
        case .text(let text, let position):
            visit?(frame.body.source, position)
            if keepsOrigins { note(position, isVerbatim: true) }
            frame.output.append(contentsOf: text)
            try checkOutput()
        case .output(let pipeline):
            visit?(frame.body.source, pipeline.position)
            let value = try evaluate(pipeline, dot)
            if pipeline.variables.isEmpty { try write(value, pipeline) }
        case .branch(let branch):
            visit?(frame.body.source, branch.pipeline.position)
            return try run(branch, dot)
        case .template(let call):
            visit?(frame.body.source, call.position)
            try run(call, dot)
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        }
        return .next
    }

    private func run(_ branch: BranchNode, _ dot: GoValue) throws -> Flow {
        let scope = frame.variables.count
        defer { frame.variables.removeLast(frame.variables.count - scope) }
        if branch.word == .range { return try loop(branch, dot) }
        let value = try evaluate(branch.pipeline, dot)
        if value.isTrue {
            visit?(frame.body.source, branch.places.word)
            return try render(branch.body, branch.word == .with ? value : dot)
        }
        return try renderOtherwise(branch, dot)
    }

    func renderOtherwise(_ branch: BranchNode, _ dot: GoValue) throws -> Flow {
        guard let nodes = branch.otherwise else { return .next }
        if let place = branch.places.otherwise { visit?(frame.body.source, place) }
        return try render(nodes, dot)
    }

    private func checkOutput() throws {
        if frame.output.count > limits.output {
            throw problem("the output is over the memory limit")
        }
    }

    private func write(_ value: GoValue, _ pipeline: Pipeline) throws {
        if keepsOrigins { note(value, pipeline) }
        if value.isNil {
            frame.output += "<no value>".utf8
        } else if case .object(let object) = value.content {
            frame.output += object.printedText.utf8
        } else {
            GoPrint.append(value, to: &frame.output)
        }
        try checkOutput()
    }

    private func run(_ call: CallNode, _ dot: GoValue) throws {
        frame.place = .call(call)
        guard let body = set[call.name] else { throw problem("template \(GoText.quoted(call.name)) not defined") }
        try enter()
        defer { depth -= 1 }
        let value = try call.argument.map { try evaluate($0, dot) } ?? .missing
        let (variables, caller, place) = (frame.variables, frame.body, frame.place)
        (frame.variables, frame.body) = ([("$", value)], body)
        defer { (frame.variables, frame.body, frame.place) = (variables, caller, place) }
        if let visit, let place = body.extent?.lowerBound { visit(body.source, place) }
        do {
            _ = try render(body.nodes, value)
        } catch var problem as TemplateProblem {
            // Go shows only the inner place; the way there helps to find it.
            problem.places.insert(caller.source.place(call.position), at: 0)
            throw problem
        }
    }

    // MARK: Origins

    private func place(_ position: Int) -> (place: TextPlace, isValue: Bool)? {
        let source = frame.body.source
        if let trace = source.trace, let segment = trace.slice(position..<position + 1).first {
            return (segment.place, segment.isValue)
        }
        return source.file < 0 ? nil : (TextPlace(file: source.file, offset: Int32(position)), false)
    }

    /// Notes that text of the template follows.
    private func note(_ position: Int, isVerbatim: Bool) {
        guard let (place, isValue) = place(position) else { return }
        let verbatim = isVerbatim && frame.body.source.trace == nil
        frame.segments.append(
            TraceSegment(start: frame.output.count, place: place, isVerbatim: verbatim, isValue: isValue))
    }

    /// Notes that a value follows.
    private func note(_ value: GoValue, _ pipeline: Pipeline) {
        let action = place(pipeline.position)?.place
        guard let trace = value.trace, !trace.segments.isEmpty else {
            if let action { frame.segments.append(TraceSegment(start: frame.output.count, place: action)) }
            return
        }
        for var segment in trace.segments {
            segment.start += frame.output.count
            if segment.via == nil, segment.isValue { segment.via = action }
            frame.segments.append(segment)
        }
    }
}
