import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Threads that evaluate policies, apart from the event loops, with a bounded queue in front.
///
/// There are two lanes: every request starts in the quick one, whose evaluations end after milliseconds; what needs
/// longer starts again in the patient one. So an object that takes long to judge waits only for others that do, and no
/// cheap one waits for it.
final class EvaluationPool: Sendable {
    /// What a job is called for.
    enum Turn {
        case evaluation(Lane)
        /// Neither lane has room: the job has to answer without evaluating.
        case refusal
    }

    /// One evaluation; false asks for the patient lane.
    typealias Job = @Sendable (Turn, inout WorkerState) -> Bool

    /// Why a job was not taken.
    enum Refusal: Error {
        case full
        case stopped
    }

    private let quick: LaneQueue
    private let patient: LaneQueue
    /// Answers that are due although nothing was judged: reading what they must repeat of a large review takes time too.
    private let overdue: LaneQueue

    init(workers: Int, patientWorkers: Int, capacity: Int) {
        quick = LaneQueue(capacity: capacity)
        patient = LaneQueue(capacity: max(1, capacity / 4))
        overdue = LaneQueue(capacity: 2 * capacity)
        start(overdue, .patient)
        for _ in 0..<workers { start(quick, .quick) }
        for _ in 0..<patientWorkers { start(patient, .patient) }
    }

    deinit { stop() }

    /// Jobs that wait.
    var depth: Int { quick.depth + patient.depth }

    func submit(_ job: @escaping Job) throws(Refusal) { try quick.append(job) }

    /// Has an answer given that needs no evaluation; false when too many are waiting.
    func answer(_ body: @escaping @Sendable () -> Void) -> Bool {
        (try? overdue.append { _, _ in
            body()
            return true
        }) != nil
    }

    /// Has workers without a job let go of the policies they judged by last, which have been replaced.
    func forget() {
        quick.forget()
        patient.forget()
    }

    /// Lets the threads end once the queues are empty.
    func stop() {
        quick.stop()
        patient.stop()
        overdue.stop()
    }

    private func start(_ queue: LaneQueue, _ lane: Lane) {
        let patient = patient
        let hasStarted = WorkerThread.detach {
            var state = WorkerState(), seen = 0
            while let job = queue.next(&seen, forget: { state = WorkerState() }) {
                if job(.evaluation(lane), &state) || lane == .patient { continue }
                if (try? patient.append(job)) == nil { _ = job(.refusal, &state) }
            }
        }
        precondition(hasStarted, "no thread can be made for evaluations")
    }
}

/// Jobs in the order they came, with a bound.
final class LaneQueue: @unchecked Sendable {
    private let capacity: Int
    // All below is guarded by `lock`.
    private var jobs: [EvaluationPool.Job?] = []
    private var first = 0
    private var isStopped = false
    private var forgotten = 0
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(lock, nil)
        pthread_cond_init(filled, nil)
    }

    deinit {
        pthread_cond_destroy(filled)
        pthread_mutex_destroy(lock)
        filled.deallocate()
        lock.deallocate()
    }

    var depth: Int {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return jobs.count - first
    }

    func append(_ job: @escaping EvaluationPool.Job) throws(EvaluationPool.Refusal) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        if isStopped { throw .stopped }
        if jobs.count - first >= capacity { throw .full }
        jobs.append(job)
        pthread_cond_signal(filled)
    }

    /// The oldest job, waited for; nil when the queue is stopped and empty.
    /// - Parameters:
    ///   - seen: how many times `forget` had been called when the worker last let go.
    ///   - forget: called when it has been called since and there is no job.
    func next(_ seen: inout Int, forget: () -> Void) -> EvaluationPool.Job? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while jobs.count == first {
            if isStopped { return nil }
            if seen == forgotten {
                pthread_cond_wait(filled, lock)
            } else {
                seen = forgotten
                pthread_mutex_unlock(lock)
                forget()
                pthread_mutex_lock(lock)
            }
        }
        let job = jobs[first]
        jobs[first] = nil
        first += 1
        if first == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 256 {
            jobs.removeFirst(first)
            first = 0
        }
        return job
    }

    /// Has the workers that wait let go of what they keep.
    func forget() {
        pthread_mutex_lock(lock)
        forgotten += 1
        pthread_cond_broadcast(filled)
        pthread_mutex_unlock(lock)
    }

    func stop() {
        pthread_mutex_lock(lock)
        isStopped = true
        pthread_cond_broadcast(filled)
        pthread_mutex_unlock(lock)
    }
}
