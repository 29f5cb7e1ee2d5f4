"""The page: Gradio components over ``assistant.ask`` and the store; no answering of its own."""
