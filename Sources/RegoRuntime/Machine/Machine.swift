import Diagnostics
public import Documents
import Text

/// Executes a program: registers, memo table and scratch storage of one thread, reused from evaluation to evaluation.
///
/// All mutable state lives behind constant pointers, so that the interpreter loop pays neither reference counts nor
/// exclusivity checks (`Instruction`).
public final class Machine {
    public let program: Program
    public let context: EvaluationContext
    /// Whether errors of builtins end the evaluation instead of making the expression undefined.
    public let strictBuiltinErrors: Bool

    /// The program's, at hand without a look at the program.
    let code: UnsafePointer<Instruction>
    let pool: UnsafePointer<Value>
    let registers: UnsafeMutablePointer<Value>
    let registersEnd: UnsafeMutablePointer<Value>
    let state: UnsafeMutablePointer<State>
    let functions: UnsafeMutablePointer<FunctionEntry>
    let builtins: UnsafeMutablePointer<BuiltinEntry>
    /// Base documents that constant paths lead to, by the path's number; undefined where none was looked for.
    let bases: UnsafeMutablePointer<Value>
    let callMemo: UnsafeMutablePointer<CallMemoEntry>
    /// A part of the tag of each entry of `callMemo`: most calls are new, which shows here without a look at the entries, which
    /// are too many to stay near the processor.
    let callMarks: UnsafeMutablePointer<UInt32>
    /// Results of functions that do not depend on the input; they outlive `begin`.
    let stickyMemo: UnsafeMutablePointer<Value>
    let stickyArena: Arena
    let rootMemo: UnsafeMutablePointer<Value>
    /// The places of `rootMemo` in use, so that a new input voids only these.
    let touched: UnsafeMutablePointer<Int32>
    /// Results of calls that depend on their arguments only; they outlive `begin`.
    let scalarCalls: ScalarCallMemo
    /// How long what results refer to is as text.
    private let sizes = WrittenSizes.make()
    /// Called with the mark and the frame at each `mark` instruction.
    public var onMark: ((Int, UnsafePointer<Value>) -> Void)? {
        get { state.pointee.onMark }
        set { state.pointee.onMark = newValue }
    }

    /// Errors of builtins that made an expression undefined without ending the evaluation: the first at each place of the
    /// program since the machine was made, whatever the input. Empty when errors are strict, since they are faults then.
    public var builtinErrors: [EvaluationFault] { state.pointee.builtinErrors }

    static let registerCapacity = 1 << 18
    static let maximumDepth = 1000
    static let callMemoSize = 512
    /// In the memo: not evaluated yet. An evaluated function without result is `undefined`.
    static let notEvaluated = Value.node(Int(UInt32.max))
    /// In the memo: being evaluated.
    static let inProgress = Value.node(Int(UInt32.max) - 1)

    struct FunctionEntry {
        var start: Int
        var registerCount: Int
        var argumentCount: Int
        var isSticky: Bool
        /// Whether its calls with scalar arguments are worth keeping from input to input.
        var keepsCalls: Bool
    }

    /// Around the closure, which alone would be stored behind a thunk.
    struct BuiltinEntry {
        let work: Work
        /// Whether also short calls are charged.
        let isCharged: Bool
        let call: @Sendable (inout BuiltinCall) -> Value
    }

    struct CallMemoEntry {
        /// The generation of the calls, and below it `functionBits` of the function.
        var tag: UInt64 = 0
        var arguments = (Value.undefined, Value.undefined, Value.undefined)
        var result = Value.undefined
    }

    static let functionBits: UInt64 = 24

    struct State {
        var input = Value.undefined
        var data = Value.undefined
        /// Whether a `with` in force changes `data`.
        var changesData = false
        var result = Value.undefined
        var memo: UnsafeMutablePointer<Value>
        var touchedCount = 0
        var depth = 0
        var budget = Budget()
        /// Steps left until the next look at the clock and the memory.
        var untilCheck = 1024
        var instructionsLeft = 0
        var deadline: Int64 = .max
        var callGeneration: UInt64 = 1
        var lastCallGeneration: UInt64 = 1
        var fault: EvaluationFault?
        var hasFault = false
        var collected = CollectionStack()
        var activeTargets: [ActiveTarget] = []
        var saved: [SavedContext] = []
        /// What was read, while `isRecording`.
        var reads = ReadTrail()
        var isRecording = false
        var onMark: ((Int, UnsafePointer<Value>) -> Void)?
        var builtinErrors: [EvaluationFault] = []
        /// The instructions with an error among `builtinErrors`.
        var failedPlaces = Set<Int>()
        /// The instruction of the last call of a builtin that may ask where it is called.
        var callPlace = 0
        /// Labels of the rules that had a value since `begin`, each once.
        var labels: [Value] = []
    }

    /// A machine for `program`. `data` holds the base documents; their owner must outlive the machine.
    public init(
        _ program: Program, data: Value = .undefined, strictBuiltinErrors: Bool = false,
        context: EvaluationContext = EvaluationContext()
    ) {
        self.program = program
        (code, pool) = (program.code, program.pool)
        self.context = context
        self.strictBuiltinErrors = strictBuiltinErrors
        registers = .allocate(capacity: Self.registerCapacity)
        registersEnd = registers + Self.registerCapacity
        let count = program.functions.count
        functions = .allocate(capacity: count + 1)
        for (index, function) in program.functions.enumerated() {
            (functions + index).initialize(
                to: FunctionEntry(
                    start: function.start, registerCount: function.registerCount, argumentCount: function.argumentCount,
                    isSticky: !function.dependsOnInput,
                    keepsCalls: !function.dependsOnInput && function.isHeavy && (1...3).contains(function.argumentCount)))
        }
        builtins = .allocate(capacity: program.builtins.count + 1)
        for (index, builtin) in program.builtins.enumerated() {
            (builtins + index).initialize(
                to: BuiltinEntry(
                    work: builtin.work, isCharged: builtin.work.isDeep || builtin.work.base > 64, call: builtin.call))
        }
        bases = .zeroed(capacity: program.constants.count)
        callMemo = .allocate(capacity: Self.callMemoSize)
        callMemo.initialize(repeating: CallMemoEntry(), count: Self.callMemoSize)
        callMarks = .allocate(capacity: Self.callMemoSize)
        callMarks.initialize(repeating: 0, count: Self.callMemoSize)
        stickyMemo = .allocate(capacity: count + 1)
        stickyMemo.initialize(repeating: Self.notEvaluated, count: count + 1)
        stickyArena = Arena.make()
        rootMemo = .allocate(capacity: count + 1)
        rootMemo.initialize(repeating: Self.notEvaluated, count: count + 1)
        touched = .allocate(capacity: count + 1)
        scalarCalls = ScalarCallMemo()
        state = .allocate(capacity: 1)
        state.initialize(to: State(memo: rootMemo))
        state.pointee.data = data
        context.callFile = { [weak self] in
            self.flatMap { $0.program.range(ofInstruction: $0.state.pointee.callPlace)?.file.path }
        }
    }

    deinit {
        state.pointee.collected.destroy()
        state.deinitialize(count: 1)
        state.deallocate()
        builtins.deinitialize(count: program.builtins.count)
        builtins.deallocate()
        bases.freeZeroed()
        registers.deallocate()
        functions.deallocate()
        callMemo.deallocate()
        callMarks.deallocate()
        stickyMemo.deallocate()
        rootMemo.deallocate()
        touched.deallocate()
        scalarCalls.destroy()
        sizes.destroy()
        stickyArena.destroy()
    }

    /// Starts evaluations over a new input document: forgets earlier results and their storage.
    public func begin(input: Value, budget: Budget = Budget()) {
        context.reset()
        context.memoryLimit = budget.memory
        if state.pointee.touchedCount == program.functions.count {
            rootMemo.update(repeating: Self.notEvaluated, count: program.functions.count)
        } else {
            for index in 0..<state.pointee.touchedCount { rootMemo[Int(touched[index])] = Self.notEvaluated }
        }
        state.pointee.touchedCount = 0
        scalarCalls.makeRoom()
        sizes.forget()
        state.pointee.memo = rootMemo
        state.pointee.input = input
        state.pointee.depth = 0
        if state.pointee.hasFault { (state.pointee.fault, state.pointee.hasFault) = (nil, false) }
        state.pointee.budget = budget
        state.pointee.instructionsLeft = budget.instructions
        context.stepLimit = budget.instructions
        state.pointee.untilCheck = min(1024, budget.instructions)
        state.pointee.deadline = budget.time.map { MonotonicClock.now() + $0 } ?? .max
        context.deadline = state.pointee.deadline
        state.pointee.lastCallGeneration &+= 1
        state.pointee.callGeneration = state.pointee.lastCallGeneration
        state.pointee.collected.removeAll()
        if !state.pointee.activeTargets.isEmpty { state.pointee.activeTargets.removeAll() }
        if !state.pointee.saved.isEmpty { state.pointee.saved.removeAll() }
        if !state.pointee.labels.isEmpty { state.pointee.labels.removeAll() }
    }

    /// The labels that rules with a value bear in their annotations, each set once, in the order of evaluation since `begin`;
    /// of programs compiled to record them.
    package var labels: [Value] { state.pointee.labels }

    func record(labels: Value) {
        if !state.pointee.labels.contains(labels) { state.pointee.labels.append(labels) }
    }

    /// Gives the evaluations to come all steps of the budget again.
    package func renewSteps() {
        state.pointee.instructionsLeft = state.pointee.budget.instructions
        context.stepLimit = state.pointee.budget.instructions
        context.renewSteps()
        state.pointee.untilCheck = min(1024, state.pointee.budget.instructions)
    }

    /// Steps that were used since the last `begin` or `renewSteps`.
    package var usedSteps: Int {
        let budget = state.pointee.budget.instructions
        return budget - state.pointee.instructionsLeft + min(1024, budget) - state.pointee.untilCheck + context.spentSteps
    }

    /// Evaluates a function without arguments; results are shared with later calls for the same input.
    public func evaluate(_ function: Int) -> Outcome {
        if state.pointee.hasFault, let fault = state.pointee.fault { return .fault(fault) }
        let isDone = context.meter.within { callRule(function, base: registers) && mayAnswer(function) }
        if !isDone {
            let fault = state.pointee.fault ?? EvaluationFault(code: "eval_internal_error", message: "evaluation stopped")
            unwind()
            return .fault(fault)
        }
        let result = state.pointee.result
        if result.isCollection, result.count > 0 {
            let limit = state.pointee.budget.memory
            if result.writtenSize(upTo: limit, known: sizes) > limit { return .fault(overlong(function, limit)) }
        }
        return result.isUndefined ? .undefined : .value(result)
    }

    /// Comparing values may have come to the end of a budget since the last look.
    private func mayAnswer(_ function: Int) -> Bool {
        !context.isSpent || checkBudget(at: functions[function].start, in: function)
    }

    /// Hosts write results as text, which may be far longer than the values, whose parts are shared.
    private func overlong(_ function: Int, _ limit: Int) -> EvaluationFault {
        EvaluationFault(
            code: "eval_cancel_error",
            message: "the result is more than \(limit >> 20) MiB of text, which is the memory budget",
            range: program.range(ofInstruction: functions[function].start), rule: program.functions[function].name)
    }

    /// Makes the machine usable again for the same input after a fault in one function.
    private func unwind() {
        let isOutOfBudget = state.pointee.fault?.code == "eval_cancel_error"
        if let outermost = state.pointee.saved.first { restore(outermost) }
        state.pointee.saved.removeAll()
        state.pointee.activeTargets.removeAll()
        state.pointee.collected.removeAll()
        state.pointee.depth = 0
        for index in 0..<program.functions.count where rootMemo[index].isIdentical(to: Self.inProgress) {
            rootMemo[index] = Self.notEvaluated
        }
        if !isOutOfBudget { (state.pointee.fault, state.pointee.hasFault) = (nil, false) }
    }

    /// Notes that a place of `rootMemo` comes into use. When the list is full, because places were voided meanwhile,
    /// `begin` voids all of them.
    @inline(__always)
    func touch(_ function: Int) {
        guard state.pointee.touchedCount < program.functions.count else { return }
        touched[state.pointee.touchedCount] = Int32(truncatingIfNeeded: function)
        state.pointee.touchedCount &+= 1
    }

    /// How many calls are under way, for tracing.
    public var depth: Int { state.pointee.depth }

    // MARK: Faults and budget

    /// Records why the evaluation ends; always returns false.
    func fault(_ code: String, _ message: String, at instruction: Int, in function: Int) -> Bool {
        if !state.pointee.hasFault {
            state.pointee.hasFault = true
            state.pointee.fault = EvaluationFault(
                code: code, message: message, range: program.range(ofInstruction: instruction),
                rule: program.functions[function].name)
        }
        return false
    }

    /// Looks at the clock and the memory; called every 1,024 steps and after builtins made much.
    func checkBudget(at instruction: Int, in function: Int) -> Bool {
        let used = min(1024, state.pointee.budget.instructions) - state.pointee.untilCheck
        state.pointee.instructionsLeft -= max(used, 1)
        state.pointee.untilCheck = 1024
        if context.stepLimit != state.pointee.instructionsLeft { context.stepLimit = state.pointee.instructionsLeft }
        if state.pointee.instructionsLeft <= context.spentSteps {
            return fault(
                "eval_cancel_error",
                "evaluation exceeded its budget of \(state.pointee.budget.instructions) steps", at: instruction, in: function)
        }
        let memory = context.arena.used + context.heldBytes + state.pointee.collected.byteCount
        if memory > state.pointee.budget.memory {
            return fault(
                "eval_cancel_error", "evaluation exceeded its memory budget of \(state.pointee.budget.memory >> 20) MiB",
                at: instruction, in: function)
        }
        if context.isSpent {
            return fault("eval_cancel_error", context.reasonToStop.message, at: instruction, in: function)
        }
        if context.isCancelled() || (state.pointee.deadline != .max && MonotonicClock.now() > state.pointee.deadline) {
            return fault("eval_cancel_error", "evaluation exceeded its time budget", at: instruction, in: function)
        }
        return true
    }
}
