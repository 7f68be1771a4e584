export { Conversations, type MessageAddedData, type MessageDraft } from './conversations.ts';
