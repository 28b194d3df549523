import Documents
import Text

extension Machine {
    /// Calls a builtin with the operands at `operands`; false when it ends the evaluation.
    func callBuiltin(
        _ index: Int, at operands: UnsafeMutablePointer<Value>, count: Int, pc: Int, in function: Int
    ) -> Bool {
        let operands = UnsafeBufferPointer(start: operands, count: count)
        var length = 0
        for operand in operands { length &+= operand.count }
        // Charging a short call would take longer than the call.
        if length > 256 || builtins[index].isCharged {
            state.pointee.callPlace = pc
            let room = max(0, context.memoryLimit &- context.arena.used)
            let (steps, bytes) = builtins[index].work.cost(operands, upTo: room)
            guard context.spend(steps), context.hasRoom(for: bytes) else {
                return stopped(index, pc: pc, in: function)
            }
        }
        var call = BuiltinCall(operands: operands, context: context)
        let result = builtins[index].call(&call)
        if context.isSpent { return stopped(index, pc: pc, in: function) }
        state.pointee.result = result
        if let failure = call.failure { return handle(failure, of: index, pc: pc, in: function) }
        state.pointee.untilCheck &-= 4 &+ length >> 9
        if state.pointee.untilCheck <= 0 { return checkBudget(at: pc, in: function) }
        return true
    }

    /// Ends the evaluation because a builtin was told to end, or may not begin.
    private func stopped(_ builtin: Int, pc: Int, in function: Int) -> Bool {
        handle(context.isSpent ? context.reasonToStop : .exceedsMemory, of: builtin, pc: pc, in: function)
    }

    private func handle(_ whole: BuiltinFailure, of builtin: Int, pc: Int, in function: Int) -> Bool {
        state.pointee.result = .undefined
        var failure = whole
        failure.message = failure.message.shortened(to: 2048)
        switch failure.kind {
        case .builtin, .type:
            if !strictBuiltinErrors {
                noteBuiltinError(failure, of: builtin, pc: pc, in: function)
                return true
            }
            return fault(
                failure.kind.rawValue, "\(program.builtins[builtin].name): \(failure.message)", at: pc, in: function)
        case .cancel, .conflict, .halt:
            // A template string shows no call of its builtin.
            let name = program.builtins[builtin].name
            let start = name == "internal.template_string" && failure.kind != .cancel ? "" : name + ": "
            return fault(failure.kind.rawValue, start + failure.message, at: pc, in: function)
        }
    }

    /// Keeps an error that the evaluation goes on after; the first of each place counts.
    private func noteBuiltinError(_ failure: BuiltinFailure, of builtin: Int, pc: Int, in function: Int) {
        guard state.pointee.failedPlaces.insert(pc).inserted else { return }
        state.pointee.builtinErrors.append(
            EvaluationFault(
                code: failure.kind.rawValue, message: "\(program.builtins[builtin].name): \(failure.message)",
                range: program.range(ofInstruction: pc), rule: program.functions[function].name))
    }

    /// Calls a function with the arguments at `base`, where its frame begins; equal calls are answered from a memo that
    /// compares arguments by identity.
    func callFunction(_ index: Int, base: UnsafeMutablePointer<Value>, count: Int) -> Bool {
        guard count <= 3, !state.pointee.isRecording else { return run(index, base: base) }
        let first = base[0], second = count > 1 ? base[1] : .undefined, third = count > 2 ? base[2] : .undefined
        let tag = state.pointee.callGeneration << Self.functionBits | UInt64(index)
        var hash = tag &* 0x9E37_79B9_7F4A_7C15 ^ first.identity.1 ^ (first.identity.0 &* 31)
        hash ^= (second.identity.1 &* 0x85EB_CA6B) ^ (third.identity.1 &* 0xC2B2_AE35)
        hash = hash &* 0xA076_1D64_78BD_642F
        let place = Int(hash >> 55), mark = UInt32(truncatingIfNeeded: hash >> 16)
        let entry = callMemo + place
        if callMarks[place] == mark, entry.pointee.tag == tag, entry.pointee.arguments.0.isIdentical(to: first),
            entry.pointee.arguments.1.isIdentical(to: second), entry.pointee.arguments.2.isIdentical(to: third)
        {
            state.pointee.result = entry.pointee.result
            return true
        }
        let isDone =
            functions[index].keepsCalls && state.pointee.saved.isEmpty && onMark == nil
            ? callKeeping(index, base: base, count: count) : run(index, base: base)
        guard isDone, !context.isSpent else { return isDone }
        callMarks[place] = mark
        entry.pointee = CallMemoEntry(tag: tag, arguments: (first, second, third), result: state.pointee.result)
        return true
    }

    /// Calls a function of its arguments alone; calls on scalars are answered from a memo that outlives the input.
    private func callKeeping(_ index: Int, base: UnsafeMutablePointer<Value>, count: Int) -> Bool {
        let arguments = UnsafeBufferPointer(start: base, count: count)
        guard let place = scalarCalls.place(of: index, arguments) else { return run(index, base: base) }
        if let known = scalarCalls.result(of: index, arguments, at: place) {
            state.pointee.result = known
            return true
        }
        if scalarCalls.isFull { return run(index, base: base) }
        // The result may be a part of an argument, so the call works on copies that last.
        for position in 0..<count { base[position] = scalarCalls.arena.copy(base[position]) }
        let kept = (base[0], count > 1 ? base[1] : .undefined, count > 2 ? base[2] : .undefined)
        let scratch = context.arena
        context.arena = scalarCalls.arena
        let isDone = run(index, base: base)
        context.arena = scratch
        if isDone, !context.isSpent { scalarCalls.insert(index, kept, at: place, state.pointee.result) }
        return isDone
    }

    /// Evaluates a virtual document, once per input and `with` context.
    func callRule(_ index: Int, base: UnsafeMutablePointer<Value>) -> Bool {
        if functions[index].isSticky, state.pointee.saved.isEmpty { return callStickyRule(index, base: base) }
        let memo = state.pointee.memo + index
        if state.pointee.isRecording { return callRuleRecording(index, base: base) }
        if memo.pointee.kind != .node {
            state.pointee.result = memo.pointee
            return true
        }
        if memo.pointee.isIdentical(to: Self.inProgress) {
            return fault("eval_internal_error", "recursive evaluation of a rule", at: functions[index].start, in: index)
        }
        if memo == rootMemo + index { touch(index) }
        memo.pointee = Self.inProgress
        guard run(index, base: base) else { return false }
        memo.pointee = state.pointee.result
        return true
    }

    /// Evaluates a document that does not depend on the input, into storage that outlives it.
    private func callStickyRule(_ index: Int, base: UnsafeMutablePointer<Value>) -> Bool {
        if stickyMemo[index].kind != .node {
            state.pointee.result = stickyMemo[index]
            return true
        }
        let scratch = context.arena
        let generation = state.pointee.callGeneration
        state.pointee.lastCallGeneration &+= 1
        state.pointee.callGeneration = state.pointee.lastCallGeneration
        let isRecording = state.pointee.isRecording
        state.pointee.isRecording = false
        context.arena = stickyArena
        let isDone = run(index, base: base)
        context.arena = scratch
        state.pointee.isRecording = isRecording
        state.pointee.callGeneration = generation
        if isDone, !context.isSpent { stickyMemo[index] = state.pointee.result }
        return isDone
    }

    /// As `callRule` while reads are recorded: only what a boolean rule read counts for its caller.
    private func callRuleRecording(_ index: Int, base: UnsafeMutablePointer<Value>) -> Bool {
        let mark = state.pointee.reads.count
        guard run(index, base: base) else { return false }
        if state.pointee.result.kind != .bool { state.pointee.reads.truncate(to: mark) }
        return true
    }
}
