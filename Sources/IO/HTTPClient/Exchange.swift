import HTTP
import Support

/// An answer as the rules for redirects and repetition see it.
protocol Answer: Sendable {
    var status: HTTPStatus { get }
    var fields: HTTPFields { get }
    /// Lets go of an answer that nobody will read.
    func discard()
}

extension ClientResponse: Answer {
    func discard() {}
}

extension StreamedResponse: Answer {
    func discard() { body.lease.cancel() }
}

/// A request with all its attempts and redirects; each of them has the request's full time limits.
struct Exchange: Sendable {
    let core: ClientCore
    let time: any TimeSource
    let randomness: @Sendable () -> Double

    typealias Sending<A> = @Sendable (ClientRequest) async throws(HTTPClientError) -> A

    func run<A: Answer>(_ request: ClientRequest, sending: Sending<A>) async throws(HTTPClientError) -> A {
        var attempt = 1
        while true {
            let result: Result<A, HTTPClientError>
            do throws(HTTPClientError) {
                result = .success(try await follow(request, sending: sending))
            } catch {
                result = .failure(error)
            }
            guard case .retry(let pause) = decision(after: result, request, attempt: attempt) else {
                return try result.get()
            }
            core.logger.debug("request repeated", ["host": "\(URLHost.of(request.url))", "attempt": "\(attempt)"])
            if case .success(let answer) = result { answer.discard() }
            do {
                try await time.sleep(for: pause)
            } catch {
                throw .cancelled
            }
            attempt += 1
        }
    }

    private func decision<A: Answer>(
        after result: Result<A, HTTPClientError>, _ request: ClientRequest, attempt: Int
    ) -> RetryDecision {
        guard request.body.isRepeatable else { return .accept }
        let outcome: AttemptOutcome =
            switch result {
            case .failure(let error): .failed(error)
            case .success(let answer):
                .answered(
                    answer.status,
                    retryAfter: answer.fields["Retry-After"].flatMap { RetryAfter.parse($0, now: time.now) })
            }
        return request.retry.decision(
            after: outcome, attempt: attempt, method: request.method, randomness: randomness())
    }

    private func follow<A: Answer>(_ request: ClientRequest, sending: Sending<A>) async throws(HTTPClientError) -> A {
        var current = request
        var count = 0
        while true {
            let answer = try await sending(current)
            guard request.followsRedirects,
                let next = try Redirect.next(
                    after: current, status: answer.status, location: answer.fields["Location"])
            else { return answer }
            answer.discard()
            count += 1
            guard count <= core.configuration.maximumRedirects else {
                throw .tooManyRedirects(limit: core.configuration.maximumRedirects)
            }
            current = next
        }
    }
}
