package import Documents
package import Rego
package import RegoRuntime

/// Repeats a query and says how long it took.
package enum Stopwatch {
    package struct Figures: Sendable {
        package var evaluations: Int
        /// Nanoseconds of one evaluation, in rising order, one for each batch.
        package var samples: [Double]

        package func percentile(_ percent: Double) -> Double {
            guard !samples.isEmpty else { return 0 }
            return samples[min(samples.count - 1, Int(Double(samples.count) * percent / 100))]
        }

        package var mean: Double { samples.reduce(0, +) / Double(max(samples.count, 1)) }

        private var rows: [(name: String, value: Double)] {
            [
                ("min", samples.first ?? 0), ("mean", mean), ("median", percentile(50)), ("90%", percentile(90)),
                ("99%", percentile(99)), ("max", samples.last ?? 0),
            ]
        }

        package var text: String {
            "\(evaluations) evaluations\n" + rows.map { "\($0.name)\t\(Int($0.value.rounded())) ns\n" }.joined()
        }

        package var json: String {
            let owner = Document { arena in
                arena.object(
                    [ObjectEntry(key: arena.string("evaluations"), value: .int(Int64(evaluations)))]
                        + rows.map { row in
                            ObjectEntry(key: arena.string("\(row.name)_ns"), value: .int(Int64(row.value.rounded())))
                        })
            }
            return JSONWriter.string(owner.root, style: .pretty) + "\n"
        }
    }

    /// Evaluates for about `seconds`, in batches long enough for the clock.
    package static func measure(
        _ query: String, on evaluator: Evaluator, input: Document?, seconds: Double
    ) throws(EvaluationFault) -> Figures {
        let value = input?.root ?? .undefined
        guard let entrypoint = evaluator.engine.entrypoint(ofQuery: query) else {
            throw EvaluationFault(code: "eval_internal_error", message: "query was not compiled: \(query)")
        }
        func batch(_ count: Int) throws(EvaluationFault) -> Double {
            let start = MonotonicClock.now()
            for _ in 0..<count {
                evaluator.begin(input: value)
                if case .fault(let fault) = evaluator.evaluate(entrypoint) { throw fault }
            }
            return Double(MonotonicClock.now() - start)
        }
        let first = max(try batch(1), 1)
        let size = max(1, Int(200_000 / first))
        var figures = Figures(evaluations: 0, samples: [])
        let end = MonotonicClock.now() + Int64(seconds * 1e9)
        repeat {
            figures.samples.append(try batch(size) / Double(size))
            figures.evaluations += size
        } while MonotonicClock.now() < end
        figures.samples.sort()
        return figures
    }
}
