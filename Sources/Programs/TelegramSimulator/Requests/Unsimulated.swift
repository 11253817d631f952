/// Arguments of simulated methods that ask for what is not simulated.
///
/// Passing them over would do something else than the service does, and a bot would not notice.
enum Unsimulated {
    private static let topics = "direct_messages_topic_id"
    /// Arguments that are refused with any method.
    private static let names = [
        topics, "suggested_post_parameters", "ephemeral_message_parameters", "receiver_user_id",
    ]

    static func refusal(_ name: String) -> APIError { .badRequest("\(name) is not simulated") }

    /// Refuses a call that needs what the simulator does not have.
    static func check(_ call: Call) throws(APIError) {
        // Nobody has connected a business account, so that every connection is unknown.
        if !call.arguments["business_connection_id"].isEmpty { throw .badRequest("business connection not found") }
        for name in names where !call.arguments[name].isEmpty { throw refusal(name) }
    }
}
