import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Emits the instructions of one function: registers, labels, and the place to go on when a step fails.
///
/// A body is straight-line code. A step without result jumps to `failure`: at first the end of the body, after a loop
/// was opened that loop's next element. Reaching the end of the body is one solution; jumping to `failure` from there
/// looks for the next.
final class FunctionEmitter {
    let planner: Planner
    var instructions: [Instruction] = []
    var lines: [Program.LineEntry] = []
    var nextRegister = 0
    /// Operand of each bound variable.
    var operands: [VarID: UInt32] = [:]
    /// Where a failing step goes on.
    var failure: Label
    var locals: LocalScope
    var file: SourceFile
    /// The results of look-ups that every way to the next instruction has passed, by operation and operands: such a step has the
    /// same result each time, until a `with` begins or ends.
    private var lookUps: [WordPair: UInt32] = [:]
    /// Those of `lookUps`, the latest last.
    private var knownLookUps: [WordPair] = []
    /// How many functions are being emitted in place of their calls.
    var inlineDepth = 0
    /// How many loops and how many `with` are open around the next instruction.
    private(set) var loopDepth = 0
    private(set) var withDepth = 0
    /// The variables bound before the outermost open loop: they stay the same in all its rounds.
    private(set) var steadyVariables: Set<VarID> = []
    /// Registers that are undefined when the function starts.
    private var clearedRegisters: [Int] = []

    /// Whether the function needs more registers or operands than instructions can name.
    private(set) var isTooLarge = false
    private static let maximumRegisters = 0xFF00

    private var labelPlaces: [Int] = []
    private var patches: [(instruction: Int, label: Label)] = []
    private var dispatches: [(instruction: Int, cases: [(value: Value, label: Label)])] = []

    struct Label: Hashable {
        var id: Int
    }

    init(planner: Planner, locals: LocalScope, file: SourceFile) {
        self.planner = planner
        self.locals = locals
        self.file = file
        failure = Label(id: 0)
        labelPlaces = [-1]
    }

    /// How much was emitted, to go back to.
    struct Checkpoint {
        let instructions: Int
        fileprivate let counts: (lines: Int, labels: Int, patches: Int, dispatches: Int, cleared: Int, lookUps: Int)
        fileprivate let nextRegister: Int
        fileprivate let failure: Label
        fileprivate let loops: (depth: Int, steady: Set<VarID>)
        let operands: [VarID: UInt32]
        let locals: LocalScope
        let file: SourceFile
    }

    func checkpoint() -> Checkpoint {
        Checkpoint(
            instructions: instructions.count,
            counts: (lines.count, labelPlaces.count, patches.count, dispatches.count, clearedRegisters.count, knownLookUps.count),
            nextRegister: nextRegister, failure: failure, loops: (loopDepth, steadyVariables), operands: operands,
            locals: locals, file: file)
    }

    /// Takes back what was emitted since.
    func goBack(to start: Checkpoint) {
        instructions.removeSubrange(start.instructions...)
        lines.removeSubrange(start.counts.lines...)
        labelPlaces.removeSubrange(start.counts.labels...)
        patches.removeSubrange(start.counts.patches...)
        dispatches.removeSubrange(start.counts.dispatches...)
        clearedRegisters.removeSubrange(start.counts.cleared...)
        forgetLookUps(since: start.counts.lookUps)
        (nextRegister, failure, (loopDepth, steadyVariables)) = (start.nextRegister, start.failure, start.loops)
        (operands, locals, file) = (start.operands, start.locals, start.file)
    }

    // MARK: Registers and labels

    func register(_ count: Int = 1) -> Int {
        defer { nextRegister += count }
        if nextRegister + count >= Self.maximumRegisters { isTooLarge = true }
        return nextRegister
    }

    func makeLabel() -> Label {
        labelPlaces.append(-1)
        return Label(id: labelPlaces.count - 1)
    }

    func place(_ label: Label) { labelPlaces[label.id] = instructions.count }

    func emit(
        _ operation: Instruction.Operation, x: Int = 0, a: Int = 0, b: UInt32 = 0, c: UInt32 = 0, to target: Label? = nil
    ) {
        if let target { patches.append((instructions.count, target)) }
        if x > 255 { isTooLarge = true }
        instructions.append(
            Instruction(operation, x: UInt8(truncatingIfNeeded: x), a: UInt16(truncatingIfNeeded: a), b: b, c: c))
    }

    func jump(to label: Label) { emit(.jump, to: label) }

    /// Emits a look-up, unless its result is known here already.
    /// - Returns: the register of the result.
    func lookUp(_ operation: Instruction.Operation, b: UInt32 = 0, c: UInt32 = 0) -> UInt32 {
        let lookUp = WordPair((UInt64(operation.rawValue), UInt64(b) << 32 | UInt64(c)))
        if let known = lookUps[lookUp] { return known }
        let target = register()
        emit(operation, a: target, b: b, c: c, to: failure)
        // What is read twice counts twice for origins.
        if !planner.options.recordsOrigins {
            lookUps[lookUp] = UInt32(target)
            knownLookUps.append(lookUp)
        }
        return UInt32(target)
    }

    /// Emits `content`, which not every way to what follows passes.
    func forgettingLookUps(_ content: () -> Void) {
        let known = knownLookUps.count
        content()
        forgetLookUps(since: known)
    }

    private func forgetLookUps(since count: Int) {
        for lookUp in knownLookUps[count...] { lookUps[lookUp] = nil }
        knownLookUps.removeSubrange(count...)
    }

    /// A call: the step, then steps that only hold its operands, three each.
    func emitCall(_ operation: Instruction.Operation, a: Int, callee: Int, operands: [UInt32]) {
        emit(operation, x: operands.count, a: a, b: UInt32(callee), to: failure)
        for start in stride(from: 0, to: operands.count, by: 3) {
            func operand(_ offset: Int) -> UInt32 { start + offset < operands.count ? operands[start + offset] : Operand.none }
            instructions.append(Instruction(.operands, b: operand(0), c: operand(1), target: operand(2)))
        }
    }

    /// `readMode` and `recordOrigin`, which nothing asks for in some programs.
    func emitForOrigins(_ operation: Instruction.Operation, x: Int = 0, b: UInt32 = 0) {
        if planner.options.recordsOrigins { emit(operation, x: x, b: b) }
    }

    /// Goes on at the label of the case that equals the operand; a failure when there is none.
    func dispatch(_ operand: UInt32, _ cases: [(Value, Label)]) {
        dispatches.append((instructions.count, cases))
        emit(.dispatch, b: operand, to: failure)
    }

    /// Instructions from here on belong to `location`.
    func mark(_ location: Location) {
        lines.append(Program.LineEntry(start: instructions.count, range: location.range(in: file)))
    }

    /// A register that is undefined when the function starts.
    func clearedRegister() -> Int {
        let register = register()
        clearedRegisters.append(register)
        return register
    }

    /// Resolves labels to offsets from the start of the function.
    func finish() {
        let shift = clearedRegisters.count
        if shift > 0 {
            instructions.insert(
                contentsOf: clearedRegisters.map { Instruction(.clear, a: UInt16(truncatingIfNeeded: $0)) }, at: 0)
            labelPlaces = labelPlaces.map { $0 + shift }
            patches = patches.map { ($0.instruction + shift, $0.label) }
            for index in dispatches.indices { dispatches[index].instruction += shift }
            for index in lines.indices.dropFirst() { lines[index].start += shift }
        }
        for (instruction, label) in patches { instructions[instruction].target = UInt32(labelPlaces[label.id]) }
        patches.removeAll()
        for (instruction, cases) in dispatches {
            instructions[instruction].c = constant(
                planner.object(cases.map { ObjectEntry(key: $0.value, value: .int(Int64(labelPlaces[$0.label.id]))) }))
        }
        dispatches.removeAll()
    }

    func constant(_ value: Value) -> UInt32 { planner.constant(value) }

    // MARK: Bodies

    /// Emits ordered expressions.
    func body(_ body: CoreBody) { for expr in body.exprs { self.expr(expr) } }

    /// Emits `content` with failures going to a new label, which is placed after it.
    func alternative(_ content: () -> Void) {
        let outer = failure, bound = operands, depth = loopDepth, steady = steadyVariables
        let end = makeLabel()
        failure = end
        forgettingLookUps(content)
        failure = outer
        operands = bound
        (loopDepth, steadyVariables) = (depth, steady)
        place(end)
    }

    /// Emits the start of a loop over `source` that goes on with the next element when a step of its body fails.
    /// - Returns: the operand of the element.
    func openLoop(_ source: UInt32, key: Int? = nil) -> UInt32 {
        if loopDepth == 0 { steadyVariables = Set(operands.keys) }
        loopDepth += 1
        let state = register(3), element = register(), next = makeLabel()
        emit(.loopBegin, a: state, b: source, to: failure)
        place(next)
        emit(.loopNext, a: state, b: key.map(UInt32.init) ?? Operand.none, c: UInt32(element), to: failure)
        failure = next
        return UInt32(element)
    }

    /// Goes on with the next solution; nothing to do when there is no open loop and `end` is placed next.
    func continueSearch(end: Label) { if failure != end { jump(to: failure) } }

    private func expr(_ expr: CoreExpr) {
        mark(expr.location)
        planner.instrument(expr, in: self)
        switch expr.kind {
        case .unify(let left, let right): unify(left, right)
        case .test(let term):
            let tested = evaluate(term)
            emit(.test, b: tested, to: failure)
        case .call(let callee, let arguments, let output): call(callee, arguments, output: output)
        case .not(let body): negation(body)
        case .either(let left, let right): either(left, right)
        case .every(let key, let value, let domain, let body): every(key, value, domain, body)
        case .with(let modifiers, let body): with(modifiers, body)
        case .invalid: break
        }
        planner.instrument(.passed, at: expr.location, in: self)
    }

    private func negation(_ body: CoreBody) {
        let outer = failure
        alternative {
            planner.instrument(.body(.not), of: body, in: self)
            self.body(body)
            planner.instrument(.solution, of: body, in: self)
            jump(to: outer)
        }
    }

    private func either(_ left: CoreBody, _ right: CoreBody) {
        let done = makeLabel()
        alternative {
            body(left)
            jump(to: done)
        }
        // Neither side gives a variable a value, so one solution is all there is to find: what follows must not go back into a
        // loop of the right side, which it may never have entered.
        let outer = failure, bound = operands, depth = loopDepth, steady = steadyVariables
        forgettingLookUps { body(right) }
        failure = outer
        operands = bound
        (loopDepth, steadyVariables) = (depth, steady)
        place(done)
    }

    private func every(_ key: VarID?, _ value: VarID, _ domain: CoreTerm, _ body: CoreBody) {
        let source = evaluate(domain)
        let outer = failure, bound = operands, depth = loopDepth, steady = steadyVariables
        if loopDepth == 0 { steadyVariables = Set(operands.keys) }
        loopDepth += 1
        emit(.isCollection, b: source, to: outer)
        let state = register(3), element = register()
        let step = key.map { _ in register() }
        let next = makeLabel(), done = makeLabel()
        emit(.loopBegin, a: state, b: source, to: done)
        place(next)
        emit(.loopNext, a: state, b: step.map(UInt32.init) ?? Operand.none, c: UInt32(element), to: done)
        operands[value] = UInt32(element)
        if let key, let step { operands[key] = UInt32(step) }
        planner.instrument(.body(.every), of: body, in: self)
        forgettingLookUps { self.body(body) }
        planner.instrument(.solution, of: body, in: self)
        jump(to: next)
        place(done)
        failure = outer
        operands = bound
        (loopDepth, steadyVariables) = (depth, steady)
    }

    // MARK: with

    /// Collects the solutions of the body under the modifiers, then goes through them without.
    private func with(_ modifiers: [CoreWith], _ body: CoreBody) {
        let values = register(max(modifiers.count, 1))
        for (index, modifier) in modifiers.enumerated() where modifier.standIn == nil {
            emit(.move, a: values + index, b: evaluate(modifier.value))
        }
        let before = Set(operands.keys), known = (lookUps, knownLookUps)
        (lookUps, knownLookUps) = ([:], [])
        emit(.withBegin, b: UInt32(planner.withSite(modifiers)), c: UInt32(values))
        let mark = register()
        emit(.collectBegin, a: mark)
        var produced: [VarID] = []
        let end = makeLabel()
        let outer = failure, bound = operands, depth = loopDepth, steady = steadyVariables
        failure = end
        withDepth += 1
        self.body(body)
        withDepth -= 1
        (loopDepth, steadyVariables) = (depth, steady)
        produced = operands.keys.filter { !before.contains($0) }.sorted()
        let tuple = register(max(produced.count, 1)), row = register()
        for (index, id) in produced.enumerated() { emit(.move, a: tuple + index, b: operands[id]!) }
        emit(.makeArray, a: row, b: UInt32(tuple), c: UInt32(produced.count))
        emit(.collect, b: UInt32(row))
        if !produced.isEmpty, failure != end { jump(to: failure) }
        place(end)
        failure = outer
        operands = bound
        let rows = register()
        emit(.sealArray, a: rows, b: UInt32(mark))
        emit(.withEnd)
        (lookUps, knownLookUps) = known
        let current = openLoop(UInt32(rows))
        for (index, id) in produced.enumerated() {
            let place = register()
            emit(.member, a: place, b: current, c: constant(.int(Int64(index))), to: failure)
            operands[id] = UInt32(place)
        }
    }
}
